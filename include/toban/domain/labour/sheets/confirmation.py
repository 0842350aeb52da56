"""Who has said what of the month: a line per person, and the manager's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.domain.labour.answers import Answer, Standpoint, State, Word
from toban.domain.labour.sheets.table import Cell, Table, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language


def confirmation_table(
    standpoints: Mapping[str, Standpoint],
    staff: Mapping[str, Staff],
    approval: Answer | None,
    zone: ZoneInfo,
    say: Language,
) -> Table:
    """``standpoints`` and ``staff`` are by person id; moments on ``zone``'s clock."""
    lines = [
        {
            **who(staff[person_id], say),
            say.text("Confirmation state"): state_name(one.state, say),
            **_said(one.answer, zone, say),
            say.text("Remark"): _remark(one, say),
        }
        for person_id, one in standpoints.items()
    ]
    manager: dict[str, Cell] = {
        say.text("Employee number"): "",
        say.text("Name"): say.text("Manager"),
        say.text("Confirmation state"): say.text("approved") if approval else state_name(State.OPEN, say),
        **_said(approval, zone, say),
        say.text("Remark"): "",
    }
    return table(say.text("Confirmation"), [*lines, manager])


def with_states(month: Table, states: Sequence[State], say: Language) -> Table:
    """The month's table, each line with how far it is; ``states`` are in the order of its lines."""
    rows = tuple((*row, state_name(state, say)) for row, state in zip(month.rows, states, strict=True))
    return Table(month.name, (*month.headings, say.text("Confirmation state")) if rows else (), rows)


def state_name(state: State, say: Language) -> str:
    """As people read it."""
    return {
        State.OPEN: say.text("open (unconfirmed)"),
        State.CONFIRMED: say.text("confirmed"),
        State.CORRECTED: say.text("corrected"),
    }[state]


def _said(answer: Answer | None, zone: ZoneInfo, say: Language) -> dict[str, Cell]:
    at: datetime | None = answer.at.astimezone(zone) if answer else None
    return {
        say.text("Said by"): answer.by if answer else "",
        say.text("Said at"): at.isoformat(" ", "seconds") if at else "",
    }


def _remark(one: Standpoint, say: Language) -> str:
    if one.answer is None:
        return ""
    said = one.answer.why or ""
    if one.outdated:
        return say.text("The figures have changed since. {said}", said=said).strip()
    return said if one.answer.word is Word.DISPUTED else ""
