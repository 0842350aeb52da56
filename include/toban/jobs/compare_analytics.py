"""Toban's times beside PagerDuty's own, incident by incident."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.analytics import analysed_incidents
from toban.clients.warehouse import Writer
from toban.domain.spans import Span
from toban.errors import PagerDutyRefused

Row = dict[str, Any]
FRESH_AFTER = timedelta(hours=24)  # "generally within 24 hours"
# PagerDuty's field -> Toban's column; both in seconds.
COMPARED = {"seconds_to_first_ack": "seconds_to_acknowledge", "seconds_to_resolve": "seconds_to_resolve"}
FACTS = """
    select incident_id, seconds_to_acknowledge, seconds_to_resolve from incident_facts
    where created_at >= $since and created_at < $until and updated_at < $until and history_complete
"""


@dataclass(frozen=True)
class Difference:
    """One figure on which the two do not agree; None: has none."""

    incident_id: str
    figure: str
    pagerduty_s: int | None
    toban_s: int | None


@dataclass(frozen=True)
class Comparison:
    """How many incidents were compared, where they differ, or why there was nothing to compare with."""

    incidents: int = 0
    differences: tuple[Difference, ...] = ()
    unavailable: str | None = None


def compare_analytics(pagerduty: PagerDuty, writer: Writer, since: datetime, now: datetime) -> Comparison:
    """Compare incidents created since then that have been at rest for a day."""
    until = now - FRESH_AFTER
    ours = {row["incident_id"]: row for row in writer.rows(FACTS, {"since": since, "until": until})}
    try:
        theirs = {row["id"]: row for row in analysed_incidents(pagerduty, Span(since, until))}
    except PagerDutyRefused as refused:
        return Comparison(unavailable=str(refused))
    both = [(row, theirs[key]) for key, row in ours.items() if key in theirs]
    return Comparison(len(both), tuple(found for pair in both for found in _differences(*pair)))


def _differences(ours: Row, theirs: Row) -> list[Difference]:
    pairs = [(figure, theirs.get(figure), ours[column]) for figure, column in COMPARED.items()]
    return [Difference(ours["incident_id"], *pair) for pair in pairs if pair[1] != pair[2]]
