"""Writes the reference at the end of docs/en/warehouse.md from the comments in the warehouse itself.

`make docs` runs it; tests/test_warehouse_docs.py says when it was forgotten.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from toban.clients.warehouse import Snapshot, Warehouse

PAGE = Path(__file__).parent / "en" / "warehouse.md"
BELOW = "<!-- What is below is written by make docs. -->\n"
# From here on a table's columns are not written out again, but said to be those of an earlier one.
REPEATED = 10
TABLES = """
    select name, comment
    from (
        select table_name as name, comment, true as is_table from duckdb_tables()
        union all
        select view_name, comment, false from duckdb_views() where not internal
    )
    order by name <> 'incident_facts', name <> 'reported_incidents', is_table, name
"""
COLUMNS = """
    select table_name, column_name, data_type, comment from duckdb_columns() where not internal
    order by table_name, column_index
"""


class Column(NamedTuple):
    """A column as the reference shows it."""

    name: str
    type: str
    comment: str


class Table(NamedTuple):
    """A table or view with its grain and its columns."""

    name: str
    comment: str
    columns: tuple[Column, ...]


def snapshots() -> tuple[list[Table], list[Table]]:
    """The tables and views of the general snapshot, and those only the restricted one has."""
    with tempfile.TemporaryDirectory() as directory:
        warehouse = Warehouse(Path(directory))
        with warehouse.write() as writer:
            writer.rebuild_models()
            writer.publish()
        with warehouse.read() as snapshot:
            general = list(_tables(snapshot))
        with warehouse.read(restricted=True) as snapshot:
            known = {table.name for table in general}
            return general, [table for table in _tables(snapshot) if table.name not in known]


def page(text: str) -> str:
    """The page with its reference renewed; what stands above it stays."""
    general, restricted = snapshots()
    earlier: dict[str, Table] = {}
    parts = [
        text.partition(BELOW)[0] + BELOW,
        "## The general snapshot\n",
        *_sections(general, earlier),
        "## Only in the restricted snapshot\n",
        *_sections(restricted, earlier),
    ]
    return "\n".join(parts)


def _tables(snapshot: Snapshot) -> Iterator[Table]:
    columns: dict[str, list[Column]] = {}
    for row in snapshot.rows(COLUMNS):
        kind = row["data_type"].lower().replace("timestamp with time zone", "timestamptz")
        columns.setdefault(row["table_name"], []).append(Column(row["column_name"], kind, row["comment"]))
    for row in snapshot.rows(TABLES):
        yield Table(row["name"], row["comment"], tuple(columns[row["name"]]))


def _sections(tables: list[Table], earlier: dict[str, Table]) -> Iterator[str]:
    for table in tables:
        yield _section(table, earlier)
        earlier[table.name] = table


def _section(table: Table, earlier: Mapping[str, Table]) -> str:
    same = next((one for one in earlier.values() if len(_shared(table, one)) >= REPEATED), None)
    repeated = _shared(table, same) if same else []
    rows = [
        f"| `{column.name}` | `{column.type}` | {column.comment.replace('|', '&#124;')} |\n"
        for column in table.columns
        if column not in repeated
    ]
    reference = ""
    if same:
        first, last = repeated[0].name, repeated[-1].name
        reference = f"\nAnd, as in `{same.name}`, the columns from `{first}` to `{last}`.\n"
    head = f"### `{table.name}`\n\n{table.comment}\n\n| column | type | meaning |\n|---|---|---|\n"
    return head + "".join(rows) + reference


def _shared(table: Table, other: Table) -> list[Column]:
    """The longest row of neighbouring columns of ``other`` that the table has too."""
    runs: list[list[Column]] = [[]]
    for column in other.columns:
        if column in table.columns:
            runs[-1].append(column)
        else:
            runs.append([])
    return max(runs, key=len)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
