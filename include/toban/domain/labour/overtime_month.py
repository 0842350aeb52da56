"""One person's overtime of a month, and how it stands against the agreement; or that nobody knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from toban.domain.labour.agreement import Reading, months_needed, readings
from toban.domain.labour.attendance import Attended, Clocked, worked
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.overtime import NONE, Bands, added, bands_by_day
from toban.domain.labour.rules import Rules
from toban.domain.spans import Span


@dataclass(frozen=True)
class OvertimePay:
    """Wages of each band with its premium, not rounded; ``night`` is the premium alone."""

    overtime: Decimal
    long: Decimal
    holiday: Decimal
    night: Decimal | None


@dataclass(frozen=True)
class OvertimeMonth:
    """``bands`` is None where the month's attendance is not known, ``pay`` where no hourly rate is."""

    person_id: str
    bands: Bands | None
    days_attended: int
    readings: tuple[Reading, ...]
    pay: OvertimePay | None


def overtime_month(
    person_id: str,
    month: MonthName,
    calendar: Calendar,
    zone: ZoneInfo,
    attended: Sequence[Attended],
    called: Iterable[Span],
    *,
    closing_day: int | None,
    sums_hold_calls: bool,
) -> OvertimeMonth:
    """From all the attendance and call-outs there are of the person, of this month and those before."""
    period = month.period(closing_day)
    rule = calendar.rulebook.in_force(period.last).agreement
    given = {MonthName.holding(row.day, closing_day) for row in attended}
    duties = worked(attended, called, calendar, zone, sums_hold_calls=sums_hold_calls)
    days = bands_by_day(duties, calendar, closing_day)
    known = {
        each: added(days[day] for day in each.period(closing_day).days if day in days)
        for each in months_needed(rule, month)
        if _is_known(each, given, calendar, closing_day)
    }
    in_month = {day: days[day] for day in period.days if day in days}
    here = {row.day for row in attended if period.first <= row.day <= period.last and _holds_work(row)}
    pay = _pay(in_month, calendar) if month in known else None
    return OvertimeMonth(person_id, known.get(month), len(here), readings(rule, month, known), pay)


def _holds_work(row: Attended) -> bool:
    return isinstance(row, Clocked) or row.time > NONE


def _is_known(
    month: MonthName, given: Iterable[MonthName], calendar: Calendar, closing_day: int | None
) -> bool:
    """Whether there is attendance of the month, and of the one before where its first week begins in that."""
    period, book = month.period(closing_day), calendar.rulebook
    rules = [book.in_force(day).overtime for day in period.days]
    if any(rule is None for rule in rules) or month not in given:
        return False
    first = rules[0]
    begins = first is not None and period.first.weekday() == first.week_begins
    return begins or month.earlier(1) in given


def _pay(days: Mapping[date, Bands], calendar: Calendar) -> OvertimePay | None:
    """Each day by its own rules; None as soon as one of them has no rate."""
    paid = [_paid(bands, calendar.rulebook.in_force(day)) for day, bands in days.items()]
    known = [one for one in paid if one is not None]
    if not known or len(known) < len(paid):
        return None
    nights = [one.night for one in known if one.night is not None]
    return OvertimePay(
        sum((one.overtime for one in known), Decimal(0)),
        sum((one.long for one in known), Decimal(0)),
        sum((one.holiday for one in known), Decimal(0)),
        sum(nights, Decimal(0)) if len(nights) == len(known) else None,
    )


def _paid(bands: Bands, rules: Rules) -> OvertimePay | None:
    hourly, rule = rules.pay.hourly, rules.overtime
    if hourly is None or rule is None:
        return None
    holiday = 1 + rules.pay.premium.get(DayKind.LEGAL_HOLIDAY, Decimal(0))
    return OvertimePay(
        hourly * (1 + rule.premium) * _hours(bands.overtime),
        hourly * (1 + rule.long_premium) * _hours(bands.long),
        hourly * holiday * _hours(bands.holiday),
        None if bands.night is None else hourly * rules.pay.night_premium * _hours(bands.night),
    )


def _hours(time: timedelta) -> Decimal:
    return Decimal(time // timedelta(seconds=1)) / Decimal(3_600)
