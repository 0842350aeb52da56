"""Until when an incident is snoozed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from toban.domain.presses.nouns import Choice

LENGTHS = {Choice.HOUR: timedelta(hours=1), Choice.FOUR_HOURS: timedelta(hours=4)}
MORNING = time(9)
NIGHT_ENDS = time(5)  # who chooses it before then means the morning that comes
SAME = timedelta(minutes=1)  # PagerDuty's clock and ours may differ


def snoozed_until(choice: Choice, since: datetime, zone: ZoneInfo) -> datetime:
    """The end, aware, in UTC as ``since`` is; the morning is that of the zone."""
    if choice in LENGTHS:
        return since + LENGTHS[choice]
    local = since.astimezone(zone)
    day = local.date() if local.time() < NIGHT_ENDS else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(since.tzinfo)


def same_end(one: datetime | None, other: datetime) -> bool:
    """Whether PagerDuty's end is the one that was chosen."""
    return one is not None and abs(one - other) <= SAME
