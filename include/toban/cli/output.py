"""How commands print rows: a table for people, CSV and JSON for programs."""

import csv
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import click
import orjson
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

LEAST_TEXT = 12  # characters: a column of text folded to fewer cannot be read
INT64 = range(-(2**63), 2**63)
# An alert's text may hold codes that move a terminal's cursor or rename its window.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table for people; JSON and CSV are stable.",
)


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], style: str) -> None:
    """Print rows as a table, as CSV with a header, or as a JSON list of objects; dates are ISO 8601."""
    if style == "json":
        names = list(_distinct(columns))
        click.echo(to_json([dict(zip(names, row, strict=True)) for row in rows]))
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)
    else:
        _print_table(columns, rows)


def to_json(value: Any) -> str:
    """A value as one line of JSON; moments in UTC end in Z, integers beyond 64 bits are texts."""
    options = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
    try:
        return orjson.dumps(value, default=_foreign, option=options).decode()
    except TypeError:  # these two orjson refuses without asking `default`, so only then are they looked for
        return orjson.dumps(_without_refused(value), default=_foreign, option=options).decode()


def _distinct(columns: Sequence[str]) -> Iterator[str]:
    """Each name once, as a join's columns may have the same: a, a_1, a_2."""
    taken: set[str] = set()
    for name in columns:
        names = (name, *(f"{name}_{n}" for n in range(1, len(columns) + 1)))
        new = next(candidate for candidate in names if candidate not in taken)
        taken.add(new)
        yield new


def _without_refused(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_refused(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_refused(item) for item in value]
    if isinstance(value, time) or (isinstance(value, int) and value not in INT64):
        return str(value)
    return value


def _foreign(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return value.hex()
    return float(value) if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, Decimal)):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return to_json(value).strip('"') if not isinstance(value, (list, dict)) else to_json(value)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = Table(header_style="bold")
    numbers = (int, float, Decimal)
    numeric = {index for index in range(len(columns)) if any(isinstance(row[index], numbers) for row in rows)}
    for index, name in enumerate(columns):
        is_number = index in numeric
        justify: JustifyMethod = "right" if is_number else "left"
        table.add_column(_text(name), justify=justify, overflow="fold", no_wrap=is_number)
    for row in rows:
        table.add_row(*(_text(_shown(value)) for value in row))
    console = Console(width=None if sys.stdout.isatty() else 4 * 80)
    console.width = max(console.width, _least_width(table, numeric))
    console.print(table)


def _least_width(table: Table, numeric: Collection[int]) -> int:
    """Characters below which a table would cut its numbers; a terminal that has fewer breaks the lines."""
    wide = Console(width=10_000)
    frame = 3 * len(table.columns) + 1
    widths = (
        max(wide.measure(cell).maximum for cell in (column.header, *column.cells)) for column in table.columns
    )
    return frame + sum(
        width if index in numeric else min(width, LEAST_TEXT) for index, width in enumerate(widths)
    )


def _text(text: str) -> Text:
    """As it is: `[prod]` in a title is no markup for rich."""
    return Text(CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text))


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return str(_plain(value))
