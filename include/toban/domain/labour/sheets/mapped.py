"""The month in the columns that another system wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.limits import RoundingRule
from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import Standing
from toban.domain.labour.overtime_month import OvertimeMonth
from toban.domain.labour.sheets.table import HOUR, MINUTE, Cell, Table
from toban.domain.labour.staff import Staff
from toban.errors import UsageError


class TimeUnit(StrEnum):
    """How a time is written: whole minutes, hours and minutes (7:05), or hours with two decimals (7.08)."""

    MINUTES = "minutes"
    CLOCK = "h:mm"
    HOURS = "hours"


@dataclass(frozen=True)
class Column:
    """``value`` names what stands in it."""

    heading: str
    value: str
    rounded: bool = False


Value = str | int | Decimal | timedelta | None


def mapped_table(
    columns: Sequence[Column],
    unit: TimeUnit,
    lines: Sequence[Mapping[str, Value]],
    rounding: RoundingRule | None,
) -> Table:
    """Of ``values`` for each person; what is not computed stays empty.

    Raises UsageError where a column is to be rounded and the rules have no rounding.
    """
    for column in columns:
        if column.rounded and rounding is None:
            raise UsageError(
                f"labour.csv: {column.heading!r} is to be rounded, but the rules have no rounding."
            )
    rows = [tuple(_cell(line[each.value], each, unit, rounding) for each in columns) for line in lines]
    return Table("CSV", tuple(column.heading for column in columns), tuple(rows))


def values(one: PersonMonth, staff: Staff, name: str, overtime: OvertimeMonth | None) -> Mapping[str, Value]:
    """What a column may show of a person's month; ``name`` is the month's."""
    return {
        "employee_number": staff.employee_number or "",
        "name": staff.legal_name or staff.name,
        "pagerduty_id": one.person_id,
        "month": name,
        "first_day": one.period.first.isoformat(),
        "last_day": one.period.last.isoformat(),
        "calls": one.calls,
        "calls_to_confirm": sum(call.standing is Standing.TO_CONFIRM for call in one.call_outs),
        "short_rests": len(one.shortfalls),
        "rest_missing": sum((each.missing for each in one.shortfalls), timedelta()),
        "days_in_a_row": one.longest_run,
        "standby_allowance": one.allowances.standby,
        "call_out_fees": one.allowances.call_outs,
        "response_pay": one.allowances.response,
        **_times(one),
        **_overtime(overtime),
    }


def _times(one: PersonMonth) -> Mapping[str, Value]:
    found: dict[str, Value] = {"standby": one.standby.total, "response": one.responses.total}
    for kind in DayKind:
        found[f"standby_{kind}"] = one.standby.on(kind)
        found[f"response_{kind}"] = one.responses.by_kind[kind, False]
        found[f"response_{kind}_night"] = one.responses.by_kind[kind, True]
    return found


def _overtime(overtime: OvertimeMonth | None) -> Mapping[str, Value]:
    bands, pay = (overtime.bands, overtime.pay) if overtime else (None, None)
    return {
        "days_attended": overtime.days_attended if overtime else None,
        "worked": bands.total if bands else None,
        "within_legal_hours": bands.within if bands else None,
        "overtime": bands.overtime if bands else None,
        "long_overtime": bands.long if bands else None,
        "legal_holiday_work": bands.holiday if bands else None,
        "night_work": bands.night if bands else None,
        "overtime_pay": pay.overtime if pay else None,
        "long_overtime_pay": pay.long if pay else None,
        "holiday_pay": pay.holiday if pay else None,
        "night_premium": pay.night if pay else None,
    }


def _cell(value: Value, column: Column, unit: TimeUnit, rounding: RoundingRule | None) -> Cell:
    if isinstance(value, timedelta):
        return _written(rounding.of(value) if rounding and column.rounded else value, unit)
    return float(value) if isinstance(value, Decimal) else value


def _written(time: timedelta, unit: TimeUnit) -> str:
    if unit is TimeUnit.HOURS:
        return str(_ratio(time, HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP))
    minutes = int(_ratio(time, MINUTE).quantize(Decimal(1), ROUND_HALF_UP))
    return str(minutes) if unit is TimeUnit.MINUTES else f"{minutes // 60}:{minutes % 60:02}"


def _ratio(time: timedelta, unit: timedelta) -> Decimal:
    return Decimal(time // timedelta(seconds=1)) / Decimal(unit // timedelta(seconds=1))
