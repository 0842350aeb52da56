"""Where in a statement something stands: DuckDB counts bytes, people count lines and characters."""

from dataclasses import dataclass

NOWHERE = 2**64 - 1  # DuckDB's offset of what was not written by anybody


@dataclass(frozen=True)
class Place:
    """Line and column, both from 1; the column counts characters."""

    line: int
    column: int


def place_of(sql: str, offset: int | None) -> Place | None:
    """The place of a byte offset into the UTF-8 of ``sql``; None where there is none."""
    if offset is None or offset < 0 or offset == NOWHERE:
        return None
    before = sql.encode(errors="replace")[:offset].decode(errors="ignore")
    line_start = before.rfind("\n") + 1
    return Place(before.count("\n") + 1, len(before) - line_start + 1)
