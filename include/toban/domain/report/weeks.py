"""Weeks as the settings cut them: on local midnights of the team's zone."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from toban.errors import UsageError

FIRST_WEEKDAY = {"monday": 0, "sunday": 6}  # as date.weekday() counts
YEARS = range(2000, 2101)  # what lies beyond has no week before or after it that can be told
_ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def week_of(day: date, week_start: str) -> date:
    """The day on which the week of ``day`` starts; ``week_start`` is monday or sunday."""
    return day - timedelta(days=(day.weekday() - FIRST_WEEKDAY[week_start]) % 7)


def last_whole_week(now: datetime, zone: ZoneInfo, week_start: str) -> date:
    """The start of the newest week that had ended in ``zone`` at ``now``."""
    return week_of(now.astimezone(zone).date(), week_start) - timedelta(weeks=1)


def week_meant(text: str | None, now: datetime, zone: ZoneInfo, week_start: str) -> date:
    """A day of the week that the text names, without one of the last whole week; raises UsageError."""
    return parse_week(text) if text else last_whole_week(now, zone, week_start)


def parse_week(text: str) -> date:
    """A day of the week that ``2026-W46`` or ``2026-11-12`` names; raises UsageError for anything else.

    For an ISO week it is the Thursday, which is in the same week whether weeks start on Monday or Sunday.
    """
    try:
        if found := _ISO_WEEK.fullmatch(text):
            day = date.fromisocalendar(int(found[1]), int(found[2]), 4)
        else:
            day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise UsageError(f"{text!r} names no week: write it as 2026-W46 or as one of its days.")
    return day
