"""What triage has to say in an alert's thread; it may say nothing, and never holds up what else is said."""

import logging
from collections.abc import Iterator
from datetime import datetime

from toban.domain.triage.lines import novelty_line, similar_lines, verdict_line
from toban.domain.triage.nouns import Asked
from toban.errors import WarehouseError
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)


def read(tools: Tools, case: Case, at: datetime) -> list[str]:
    """Paragraphs of escaped text; none where the warehouse cannot be asked."""
    incident = case.incident
    asked = Asked(incident.title, incident.service_id, incident.created_at, incident.low, incident.priority)
    try:
        return list(_paragraphs(tools, case, asked, at))
    except WarehouseError as error:
        log.warning("no triage: %s", error)
        return []


def _paragraphs(tools: Tools, case: Case, asked: Asked, at: datetime) -> Iterator[str]:
    found = tools.triage(asked, at)
    if found is None:
        return
    say, zone = case.desk.say, case.desk.zone
    yield f"{verdict_line(found.judgement, asked, say)}\n{novelty_line(found.novelty, say, zone)}"
    if found.nearest:
        yield "\n".join([say.text("Similar incidents:"), *similar_lines(found.nearest, say, zone)])
