"""How commands print rows: a table for people, CSV and JSON for programs."""

import csv
import sys
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

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
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(to_json(objects))
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)
    else:
        _print_table(columns, rows)


def to_json(value: Any) -> str:
    """A value as one line of JSON; moments in UTC end in Z."""
    options = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(value, default=_foreign, option=options).decode()


def _foreign(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return float(value) if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return to_json(value).strip('"') if not isinstance(value, (list, dict)) else to_json(value)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = Table(header_style="bold")
    numeric = {
        index for index in range(len(columns)) if any(isinstance(row[index], (int, float)) for row in rows)
    }
    for index, name in enumerate(columns):
        table.add_column(name, justify="right" if index in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    Console(width=None if sys.stdout.isatty() else 4 * 80).print(table)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return str(_plain(value))
