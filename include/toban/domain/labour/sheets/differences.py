"""A line per figure of a closed month that would be otherwise today."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from toban.domain.labour.figures import CORRECTED, Difference
from toban.domain.labour.kind_names import kind_names
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.sheets.table import HOUR, MINUTE, Cell, Table, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language

IN_HOURS = {*(f"standby_{kind}" for kind in DayKind), "rest_missing"}
IN_MINUTES = {f"response_{kind}_{time}" for kind in DayKind for time in ("day", "night")}


def differences_table(
    name: str, found: Iterable[Difference], staff: Mapping[str, Staff], say: Language
) -> Table:
    """Under the names, in the order and in the units of the month's table; who left is known by id."""
    names = figure_names(say)
    places = {figure: place for place, figure in enumerate(names)}
    ordered = sorted(found, key=lambda one: (one.month, one.person_id, places[one.figure]))
    return table(name, [_line(one, names, staff, say) for one in ordered])


def _line(
    one: Difference, names: Mapping[str, str], staff: Mapping[str, Staff], say: Language
) -> dict[str, Cell]:
    before, after = _shown(one.figure, one.settled), _shown(one.figure, one.now)
    person = staff.get(one.person_id)
    return {
        say.text("Month"): one.month,
        **(who(person, say) if person else _unknown(one.person_id, say)),
        say.text("Figure"): names[one.figure],
        say.text("Settled"): before,
        say.text("Now"): after,
        say.text("Difference"): (after or 0) - (before or 0),
    }


def figure_names(say: Language) -> Mapping[str, str]:
    """What each figure is called in the month's table."""
    kinds = kind_names(say)
    standby = {
        f"standby_{kind}": say.text("Standby hours, {kind}", kind=name) for kind, name in kinds.items()
    }
    by_day = {
        f"response_{kind}_day": say.text("Minutes by day, {kind}", kind=name) for kind, name in kinds.items()
    }
    at_night = {
        f"response_{kind}_night": say.text("Minutes at night, {kind}", kind=name)
        for kind, name in kinds.items()
    }
    return {
        **standby,
        "calls": say.text("Call-outs, number"),
        **by_day,
        **at_night,
        "short_rests": say.text("Too short rests"),
        "rest_missing": say.text("Rest missing, hours"),
        "days_in_a_row": say.text("Days on call in a row"),
        "standby_allowance": say.text("Standby allowance"),
        "call_out_fees": say.text("Call-out fees"),
        "response_pay": say.text("Response pay"),
        CORRECTED: say.text("Corrected call-outs"),
    }


def _shown(figure: str, value: int | str | None) -> float | None:
    if value is None or value == "":
        return None
    if figure in IN_HOURS:
        return int(value) / HOUR.total_seconds()
    if figure in IN_MINUTES:
        return int(value) / MINUTE.total_seconds()
    return float(Decimal(value))


def _unknown(person_id: str, say: Language) -> dict[str, Cell]:
    return {say.text("Employee number"): "", say.text("Name"): person_id}
