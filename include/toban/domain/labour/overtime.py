"""Legal overtime: what is too much of a day or a week, and what of it is too much of a month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from toban.domain.labour.attendance import Worked
from toban.domain.labour.days import Calendar
from toban.domain.labour.limits import OvertimeRule
from toban.domain.labour.month_name import MonthName
from toban.domain.local_time import DAY

NONE = timedelta()


@dataclass(frozen=True)
class Bands:
    """Time in bands that exclude each other, and so add up to what was worked; ``night`` lies across them.

    ``overtime`` is up to the month's long hours, ``long`` beyond them; work on legal holidays is in neither.
    ``night`` is None where it is not known.
    """

    within: timedelta = NONE
    overtime: timedelta = NONE
    long: timedelta = NONE
    holiday: timedelta = NONE
    night: timedelta | None = NONE

    @property
    def total(self) -> timedelta:
        """All that was worked."""
        return self.within + self.all_overtime + self.holiday

    @property
    def all_overtime(self) -> timedelta:
        """Short and long."""
        return self.overtime + self.long

    def __add__(self, other: "Bands") -> "Bands":
        """Both together; a night that is unknown in one is unknown in both."""
        night = None if self.night is None or other.night is None else self.night + other.night
        return Bands(
            self.within + other.within,
            self.overtime + other.overtime,
            self.long + other.long,
            self.holiday + other.holiday,
            night,
        )


def bands_by_day(
    worked: Iterable[Worked], calendar: Calendar, closing_day: int | None
) -> Mapping[date, Bands]:
    """One person's time, day by day; days whose rules do not say what overtime is are left out.

    Weeks go on over the ends of months: what is too much belongs to the day on which it was worked.
    """
    weeks: dict[date, timedelta] = {}  # within the legal hours so far
    months: dict[MonthName, timedelta] = {}  # overtime so far
    found: dict[date, Bands] = {}
    for day, parts in groupby(sorted(worked, key=lambda one: one.day), key=lambda one: one.day):
        rule = calendar.rulebook.in_force(day).overtime
        if rule is None:
            continue
        listed, week, month = list(parts), _week(day, rule), MonthName.holding(day, closing_day)
        one = _bands(listed, rule, weeks.get(week, NONE), months.get(month, NONE))
        weeks[week] = weeks.get(week, NONE) + one.within
        months[month] = months.get(month, NONE) + one.all_overtime
        found[day] = one
    return found


def _week(day: date, rule: OvertimeRule) -> date:
    return day - (day.weekday() - rule.week_begins) % 7 * DAY


def _bands(parts: Sequence[Worked], rule: OvertimeRule, of_week: timedelta, of_month: timedelta) -> Bands:
    """Of one day; ``of_week`` is within the legal hours before it, ``of_month`` overtime."""
    ordinary = sum((one.time for one in parts if not one.holiday), NONE)
    within = min(ordinary, rule.daily, max(rule.weekly - of_week, NONE))
    over = ordinary - within
    short = min(over, max(rule.long_after - of_month, NONE))
    nights = [one.night for one in parts if one.night is not None]
    return Bands(
        within,
        short,
        over - short,
        holiday=sum((one.time for one in parts if one.holiday), NONE),
        night=sum(nights, NONE) if len(nights) == len(parts) else None,
    )


def added(bands: Iterable[Bands]) -> Bands:
    """All of them together."""
    return sum(bands, Bands())
