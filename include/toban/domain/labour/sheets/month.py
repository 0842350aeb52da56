"""A line per person: hours stood by, calls, minutes by kind, rest, days in a row, allowances."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from toban.domain.labour.kind_names import kind_names
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.limits import RoundingRule
from toban.domain.labour.minutes import Totals
from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import Standing
from toban.domain.labour.rest import Shortfall
from toban.domain.labour.sheets.table import HOUR, MINUTE, Cell, Table, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language


def month_table(
    months: Iterable[PersonMonth],
    staff: Mapping[str, Staff],
    say: Language,
    rounding: RoundingRule | None = None,
) -> Table:
    """In the order of ``months``; ``staff`` is by person id. With ``rounding``, rounded beside exact."""
    return table(say.text("Month"), [_line(one, staff[one.person_id], rounding, say) for one in months])


def _line(one: PersonMonth, staff: Staff, rounding: RoundingRule | None, say: Language) -> dict[str, Cell]:
    kinds = kind_names(say)
    return {
        **who(staff, say),
        **_standby_hours(one.standby, kinds, say),
        say.text("Call-outs, number"): one.calls,
        say.text("Response minutes"): one.responses.total / MINUTE,
        **_minutes(one.responses, kinds, rounding, say),
        say.text("Call-outs to confirm"): sum(call.standing is Standing.TO_CONFIRM for call in one.call_outs),
        say.text("Too short rests"): len(one.shortfalls),
        say.text("Rest missing, hours"): sum((each.missing for each in one.shortfalls), timedelta()) / HOUR,
        say.text("Days of too short rest"): ", ".join(_shortfall(each) for each in one.shortfalls),
        say.text("Days on call in a row"): one.longest_run,
        say.text("Standby allowance"): _money(one.allowances.standby),
        say.text("Call-out fees"): _money(one.allowances.call_outs),
        say.text("Response pay"): _money(one.allowances.response),
    }


def _standby_hours(standby: Totals, kinds: Mapping[DayKind, str], say: Language) -> dict[str, Cell]:
    return {say.text("Standby hours, {kind}", kind=kinds[kind]): standby.on(kind) / HOUR for kind in DayKind}


def _minutes(
    responses: Totals, kinds: Mapping[DayKind, str], rounding: RoundingRule | None, say: Language
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for (kind, night), time in responses.by_kind.items():
        name = kinds[kind]
        by_day, by_night = (
            say.text("Minutes by day, {kind}", kind=name),
            say.text("Minutes at night, {kind}", kind=name),
        )
        exact = by_night if night else by_day
        cells[exact] = time / MINUTE
        if rounding is not None:
            cells[say.text("{name}, rounded to hours", name=exact)] = rounding.of(time) / HOUR
    return cells


def _shortfall(shortfall: Shortfall) -> str:
    return f"{shortfall.day.isoformat()} ({shortfall.missing / HOUR:.2f} h)"


def _money(amount: Decimal | None) -> Cell:
    return None if amount is None else float(amount)
