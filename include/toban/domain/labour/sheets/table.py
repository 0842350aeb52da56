"""A table of the report, and the columns that say whose line it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.labour.staff import Staff
from toban.domain.language import Language

Cell = str | int | float | None
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Table:
    """``name`` is the sheet's; every row is as long as the headings. Texts are as they came."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(name: str, lines: Sequence[Mapping[str, Cell]]) -> Table:
    """Of lines by heading, all with the same headings; without lines there are none."""
    headings = tuple(lines[0]) if lines else ()
    return Table(name, headings, tuple(tuple(line.values()) for line in lines))


def who(staff: Staff, say: Language) -> dict[str, Cell]:
    """Whose line it is."""
    return {
        say.text("Employee number"): staff.employee_number or "",
        say.text("Name"): staff.legal_name or staff.name,
    }


def moment(at: datetime, staff: Staff) -> str:
    """On the person's clock, with its offset."""
    return at.astimezone(staff.zone).isoformat(" ", "seconds")
