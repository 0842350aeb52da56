"""Handovers and spans of a schedule in its own time zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANDOVER = time(10, 0)
TURN = timedelta(weeks=1)


def handover_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """The last Monday 10:00 in `zone` that is not after `moment`."""
    local = moment.astimezone(zone)
    monday = local.date() - timedelta(days=local.weekday())
    handover = datetime.combine(monday, HANDOVER, zone)
    return handover if handover <= local else handover - TURN


def at_handover_time(moment: datetime, zone: ZoneInfo, days: int = 0) -> datetime:
    """10:00 in `zone` on the local day of `moment`, moved by whole days of the wall clock."""
    return datetime.combine(moment.astimezone(zone).date() + timedelta(days=days), HANDOVER, zone)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
