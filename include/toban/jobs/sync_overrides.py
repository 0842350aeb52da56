"""Who takes a shift out of turn: the overrides of each schedule, read again once a day."""

from datetime import datetime
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Writer
from toban.errors import PagerDutyRefused
from toban.jobs.sync_shifts import AHEAD, PAST


def sync_overrides(pagerduty: PagerDuty, writer: Writer, now: datetime) -> None:
    """Replace what is stored by what PagerDuty shows from 14 days back to 28 ahead; a request a schedule."""
    schedules = [row["id"] for row in writer.rows("select id from schedules order by id")]
    found = [row for schedule_id in schedules for row in _overrides(pagerduty, schedule_id, now)]
    with writer.transaction():
        writer.execute("delete from schedule_overrides")
        writer.merge("schedule_overrides", found)


def _overrides(pagerduty: PagerDuty, schedule_id: str, now: datetime) -> list[dict[str, Any]]:
    try:
        shown = pagerduty.get(f"schedules/{schedule_id}/overrides", since=now - PAST, until=now + AHEAD)
    except PagerDutyRefused:
        return []  # a schedule of the newer, shift-based kind does not answer here
    return [
        {
            "id": row["id"],
            "schedule_id": schedule_id,
            "user_id": row["user"]["id"],
            "start_at": datetime.fromisoformat(row["start"]),
            "end_at": datetime.fromisoformat(row["end"]),
        }
        for row in shown["overrides"]
    ]
