"""`toban sql`: one SELECT on the published warehouse."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from toban.cli.output import format_option, print_rows
from toban.cli.warehouse_option import warehouse_option
from toban.clients.warehouse import Warehouse, ask


# A query may begin with a comment, as the examples do: "-- Which alerts ..." is no option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query")
@warehouse_option
@click.option("--restricted", is_flag=True, help="Ask the snapshot that also holds what concerns persons.")
@format_option
def command(query: str, directory: Path, restricted: bool, style: str) -> None:
    """Ask the warehouse in SQL, read only: exactly one SELECT, or - to read it from standard input.

    The tables explain themselves: toban sql "select table_name, comment from duckdb_tables()".
    """
    query = sys.stdin.read() if query == "-" else query
    with _ended_by_ctrl_c(), Warehouse(directory).read(restricted=restricted) as snapshot:
        answer = ask(snapshot, query)
        print_rows(answer.columns, answer.rows, style)


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Ctrl-C ends the process at once: DuckDB does not always listen, and reading leaves no harm."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
