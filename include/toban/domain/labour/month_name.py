"""Labour months by name, and reckoning with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from toban.domain.labour.month import Period, period_of


@dataclass(frozen=True, order=True)
class MonthName:
    """The labour month of that name; it may begin in the calendar month before."""

    year: int
    month: int

    @classmethod
    def holding(cls, day: date, closing_day: int | None) -> Self:
        """The one in which that day lies."""
        closed = closing_day is not None and day.day > closing_day
        return cls(day.year + (closed and day.month == 12), day.month % 12 + 1 if closed else day.month)

    def earlier(self, months: int) -> "MonthName":
        """So many months before."""
        years, month = divmod(self.year * 12 + self.month - 1 - months, 12)
        return MonthName(years, month + 1)

    def since(self, begins: int) -> "Sequence[MonthName]":
        """Those of the year that begins with the month ``begins`` (1 to 12), up to this one, newest first."""
        return self.last((self.month - begins) % 12 + 1)

    def last(self, months: int) -> "Sequence[MonthName]":
        """So many months, this one first, then back."""
        return [self.earlier(n) for n in range(months)]

    def period(self, closing_day: int | None) -> Period:
        """Its days."""
        return period_of(self.year, self.month, closing_day)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
