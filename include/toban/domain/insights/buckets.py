"""Every day, week or month of a period, so that a quiet one is shown as quiet and not left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from toban.domain.report.weeks import week_of

Unit = Literal["day", "week", "month"]
MOST = 400  # points of a chart; beyond it they cannot be told apart
ABOUT_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 30}


def buckets(since: date, until: date, unit: Unit, week_start: str) -> list[date]:
    """The first day of each bucket that holds a day from ``since`` to ``until``, both included, in order."""
    return list(_from(_first(since, unit, week_start), until, unit))


def last_day(first: date, unit: Unit) -> date:
    """The last day of the bucket that begins on ``first``."""
    return _next(first, unit) - timedelta(days=1)


def fitting_unit(since: date, until: date, wanted: Unit | None) -> Unit:
    """The unit wanted, unless it gives too many buckets to be seen; without a wish one that shows a trend."""
    days = (until - since).days + 1
    if wanted and days / ABOUT_DAYS[wanted] <= MOST:
        return wanted
    if days <= 31:
        return "day"
    return "week" if days <= 400 else "month"


def _first(day: date, unit: Unit, week_start: str) -> date:
    if unit == "week":
        return week_of(day, week_start)
    return day.replace(day=1) if unit == "month" else day


def _from(first: date, until: date, unit: Unit) -> Iterator[date]:
    while first <= until:
        yield first
        first = _next(first, unit)


def _next(first: date, unit: Unit) -> date:
    if unit == "month":
        return (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first + timedelta(days=7 if unit == "week" else 1)
