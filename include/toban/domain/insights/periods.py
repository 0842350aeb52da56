"""Periods of whole local days, and the one that a period is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Comparison = Literal["before", "year", "none"]
A_YEAR = timedelta(weeks=52)  # so that weekdays are compared with the same weekdays


@dataclass(frozen=True)
class Period:
    """From ``since`` to ``until``, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.until - self.since).days + 1


def last_days(days: int, today: date) -> Period:
    """The last ``days`` days, today included."""
    return Period(today - timedelta(days=days - 1), today)


def compared_with(period: Period, how: Comparison) -> Period | None:
    """The same number of days just before, or 52 weeks earlier."""
    if how == "none":
        return None
    back = A_YEAR if how == "year" else timedelta(days=period.days)
    return Period(period.since - back, period.until - back)
