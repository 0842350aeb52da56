"""What triage has to say in an alert's thread; it may say nothing, and never holds up what else is said."""

import logging
from datetime import datetime

from toban.domain.triage.lines import novelty_line, similar_lines, verdict_line
from toban.domain.triage.nouns import Asked
from toban.errors import WarehouseError
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.tools import Tools
from toban.jobs.triage_alert import Triage

log = logging.getLogger(__name__)


def read(tools: Tools, case: Case, at: datetime, within_s: float | None = None) -> Triage | None:
    """None where the warehouse cannot be asked, does not answer in time, or triage has a fault."""
    try:
        return tools.triage(_asked(case), at, within_s)
    except WarehouseError as error:
        log.warning("no triage: %s", error)
    except Exception:  # the alert is said and its people are mentioned, whatever is wrong with triage
        log.exception("no triage")
    return None


def paragraphs(found: Triage, case: Case) -> list[str]:
    """Escaped text: the verdict and whether it is new, then what was like it."""
    say, zone = case.desk.say, case.desk.zone
    verdict = verdict_line(found.judgement, _asked(case), say)
    told = [f"{verdict}\n{novelty_line(found.novelty, say, zone)}"]
    if found.nearest:
        told.append("\n".join([say.text("Similar incidents:"), *similar_lines(found.nearest, say, zone)]))
    return told


def _asked(case: Case) -> Asked:
    incident = case.incident
    return Asked(incident.title, incident.service_id, incident.created_at, incident.low, incident.priority)
