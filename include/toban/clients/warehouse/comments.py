"""A column's trailing ``-- comment`` in its SQL file becomes its COMMENT in the database.

So a column is explained once, beside its definition, and the explanation is there for whoever opens the
warehouse with any tool. Comments survive publication (COPY FROM DATABASE keeps them, measured with 1.5.5).
"""

import re

import duckdb

from toban.clients.warehouse.texts import first_line, literal

TABLE = re.compile(r"^create table ([\w.]+) \($")
TABLE_COLUMN = re.compile(r"^\s+(\w+) .*?--\s*(.+)$")
SELECTED_COLUMN = re.compile(r"(\w+),?\s+--\s*(.+)$")


def comment_tables(connection: duckdb.DuckDBPyConnection, ddl: str) -> None:
    """Write the comments found in ``create table`` statements, one column a line."""
    table = ""
    for line in ddl.splitlines():
        if opening := TABLE.match(line):
            table = opening[1]
        elif column := TABLE_COLUMN.match(line):
            connection.execute(f"comment on column {table}.{column[1]} is {literal(column[2])}")


def comment_view(connection: duckdb.DuckDBPyConnection, view: str, text: str) -> None:
    """Write a view's grain (its first line) and the comments of its selected columns, one a line."""
    connection.execute(f"comment on view {view} is {literal(first_line(text))}")
    described = connection.execute(f"describe {view}").fetchall()
    columns = {row[0] for row in described}
    for line in text.splitlines()[1:]:
        found = SELECTED_COLUMN.search(line)
        if found and found[1] in columns:
            connection.execute(f"comment on column {view}.{found[1]} is {literal(found[2])}")
