"""A column's trailing ``-- comment`` in its SQL file becomes its COMMENT in the database.

So a column is explained once, beside its definition, and the explanation is there for whoever opens the
warehouse with any tool. Comments survive publication (COPY FROM DATABASE keeps them, measured with 1.5.5).
"""

import re

import duckdb

from toban.clients.warehouse.texts import first_line, literal

TABLE = re.compile(r"^create table ([\w.]+) \($")
ADDED_COLUMN = re.compile(r"^alter table ([\w.]+) add column (\w+) .*?--\s*(.+)$")
TABLE_COLUMN = re.compile(r"^\s+(\w+) .*?--\s*(.+)$")
FACTS_COMMENTS = "select column_name, comment from duckdb_columns() where table_name = 'incident_facts'"
SELECTED_COLUMN = re.compile(r"(\w+),?\s+--\s*(.+)$")


def comment_tables(connection: duckdb.DuckDBPyConnection, ddl: str) -> None:
    """Write the comments found in ``create table`` and ``add column`` statements, one column a line."""
    table = ""
    for line in ddl.splitlines():
        if opening := TABLE.match(line):
            table = opening[1]
        elif column := TABLE_COLUMN.match(line):
            connection.execute(f"comment on column {table}.{column[1]} is {literal(column[2])}")
        elif added := ADDED_COLUMN.match(line):
            connection.execute(f"comment on column {added[1]}.{added[2]} is {literal(added[3])}")


def comment_view(connection: duckdb.DuckDBPyConnection, view: str, text: str) -> None:
    """Write a view's grain (its first line) and the comments of its selected columns, one a line.

    A column passed on from the facts as it is keeps the facts' comment.
    """
    connection.execute(f"comment on view {view} is {literal(first_line(text))}")
    described = connection.execute(f"describe {view}").fetchall()
    known = connection.execute(FACTS_COMMENTS).fetchall()
    comments = dict(known) | _selected(text)
    for name in (row[0] for row in described):
        if name in comments:
            connection.execute(f"comment on column {view}.{name} is {literal(comments[name])}")


def _selected(text: str) -> dict[str, str]:
    found = (SELECTED_COLUMN.search(line) for line in text.splitlines()[1:])
    return {column[1]: column[2] for column in found if column}
