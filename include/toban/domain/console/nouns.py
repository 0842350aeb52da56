"""The nouns of the console: its limits, and a query's result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# A statement longer than this was not typed by a person; the parser's memory grows with it.
LONGEST_STATEMENT = 50_000  # bytes in UTF-8


@dataclass(frozen=True)
class Limits:
    """How much of a result is handed out; ``size`` is its bytes as JSON."""

    rows: int
    size: int


# What a browser's table can hold, and what a spreadsheet takes.
SHOWN = Limits(rows=5_000, size=4_000_000)
DOWNLOADED = Limits(rows=200_000, size=32_000_000)


@dataclass(frozen=True)
class Column:
    """A column of a result; ``type`` is DuckDB's name for it, such as ``DECIMAL(18,3)``."""

    name: str
    type: str


@dataclass(frozen=True)
class Result:
    """Rows of JSON values: moments as ISO 8601 in UTC, and numbers that JSON would round as text.

    ``truncated`` says that there were more rows than the limits let through; ``elapsed_s`` is from the
    question to the last row, the process's start included.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    truncated: bool
    elapsed_s: float
