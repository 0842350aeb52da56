"""What triage has to say in an alert's thread; it may say nothing, and never holds up what else is said."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toban.domain.triage.lines import novelty_line, similar_lines, verdict_line
from toban.domain.triage.nouns import Asked
from toban.domain.triage.verdict import Judgement
from toban.errors import WarehouseError
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """Paragraphs of escaped text, and the judgement behind them; nothing where triage has no say."""

    paragraphs: Sequence[str] = ()
    judgement: Judgement | None = None


def read(tools: Tools, case: Case, at: datetime) -> Told:
    """What there is to tell; nothing where the warehouse cannot be asked."""
    incident = case.incident
    asked = Asked(incident.title, incident.service_id, incident.created_at, incident.low, incident.priority)
    try:
        return _told(tools, case, asked, at)
    except WarehouseError as error:
        log.warning("no triage: %s", error)
        return Told()


def _told(tools: Tools, case: Case, asked: Asked, at: datetime) -> Told:
    found = tools.triage(asked, at)
    if found is None:
        return Told()
    say, zone = case.desk.say, case.desk.zone
    verdict = f"{verdict_line(found.judgement, asked, say)}\n{novelty_line(found.novelty, say, zone)}"
    if not found.nearest:
        return Told((verdict,), found.judgement)
    similar = "\n".join([say.text("Similar incidents:"), *similar_lines(found.nearest, say, zone)])
    return Told((verdict, similar), found.judgement)
