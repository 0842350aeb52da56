"""A line per person: what was worked in bands, and where that stands against the limits."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from toban.domain.labour.agreement import Limit, Reading
from toban.domain.labour.limits import OvertimeRule, RoundingRule
from toban.domain.labour.overtime import Bands
from toban.domain.labour.overtime_month import OvertimeMonth, OvertimePay
from toban.domain.labour.rules import Rules
from toban.domain.labour.sheets.table import HOUR, MINUTE, Cell, Table, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language


def overtime_table(
    months: Iterable[OvertimeMonth], staff: Mapping[str, Staff], rules: Rules, say: Language
) -> Table:
    """In the order of ``months``; ``rules`` are those of the month's last day, with a rule of overtime."""
    return table(say.text("Overtime"), [_line(one, staff[one.person_id], rules, say) for one in months])


def _line(one: OvertimeMonth, staff: Staff, rules: Rules, say: Language) -> dict[str, Cell]:
    return {
        **who(staff, say),
        say.text("Days attended"): one.days_attended,
        **_bands(one.bands, rules, say),
        **{_heading(each, say): _value(each, say) for each in one.readings},
        say.text("Limits passed"): _passed(one.readings, say),
        say.text("No attendance for"): _missing(one.readings),
        **_pay(one.pay, say),
    }


def _bands(bands: Bands | None, rules: Rules, say: Language) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name, time in _named(bands, rules.overtime, say):
        minutes = say.text("{name} (minutes)", name=name)
        cells[minutes] = _minutes(time, say)
        if rules.rounding is not None:
            cells[say.text("{name}, rounded to hours", name=minutes)] = _rounded(time, rules.rounding, say)
    return cells


def _named(
    bands: Bands | None, rule: OvertimeRule | None, say: Language
) -> Iterator[tuple[str, timedelta | None]]:
    """All that was worked, its parts, and the night across them; None where not known."""
    long_after = f"{rule.long_after / HOUR:g}" if rule else ""
    yield say.text("Worked"), bands.total if bands else None
    yield say.text("Within legal hours"), bands.within if bands else None
    yield say.text("Overtime up to {hours} h", hours=long_after), bands.overtime if bands else None
    yield say.text("Overtime beyond {hours} h", hours=long_after), bands.long if bands else None
    yield say.text("Legal holiday work"), bands.holiday if bands else None
    yield say.text("Night work"), bands.night if bands else None


def _minutes(time: timedelta | None, say: Language) -> Cell:
    return say.text("not computed") if time is None else time / MINUTE


def _rounded(time: timedelta | None, rounding: RoundingRule, say: Language) -> Cell:
    return say.text("not computed") if time is None else rounding.of(time) / HOUR


def _heading(reading: Reading, say: Language) -> str:
    bound = _number(reading.bound)
    return say.text("{name} (limit {bound})", name=_name(reading.limit, say), bound=bound)


def _name(limit: Limit, say: Language) -> str:
    return {
        Limit.MONTH: say.text("Overtime of the month, hours"),
        Limit.YEAR: say.text("Overtime of the year, hours"),
        Limit.SPECIAL_MONTH: say.text("Month with holiday work, hours"),
        Limit.SPECIAL_MEAN: say.text("Highest mean of 2 to 6 months, hours"),
        Limit.SPECIAL_YEAR: say.text("Overtime of the year by special clause, hours"),
        Limit.SPECIAL_MONTHS: say.text("Months of the year beyond the month's limit"),
    }[limit]


def _value(reading: Reading, say: Language) -> Cell:
    if reading.value is None:
        return say.text("not computed")
    return reading.value / HOUR if isinstance(reading.value, timedelta) else reading.value


def _passed(readings: Iterable[Reading], say: Language) -> str:
    return "; ".join(_heading(each, say) for each in readings if each.passed)


def _missing(readings: Iterable[Reading]) -> str:
    return ", ".join(map(str, sorted({month for each in readings for month in each.missing})))


def _number(bound: timedelta | int) -> str:
    return f"{bound / HOUR:g}" if isinstance(bound, timedelta) else str(bound)


def _pay(pay: OvertimePay | None, say: Language) -> dict[str, Cell]:
    return {
        say.text("Overtime pay with premium"): _money(pay.overtime if pay else None),
        say.text("Long overtime pay with premium"): _money(pay.long if pay else None),
        say.text("Holiday pay with premium"): _money(pay.holiday if pay else None),
        say.text("Night premium"): _money(pay.night if pay else None),
    }


def _money(amount: Decimal | None) -> Cell:
    return None if amount is None else float(amount)
