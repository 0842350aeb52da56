"""The gate in front of SQL that somebody typed: one SELECT, on a locked, read-only connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.texts import one_line
from toban.errors import QueryRefused


@dataclass(frozen=True)
class Answer:
    """A query's columns and rows, in order."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def ask(snapshot: Snapshot, sql: str) -> Answer:
    """Run one SELECT; raises QueryRefused when it is not one, or when the engine refuses it.

    The process is trusted with its own resources: this gate keeps a query from writing and from reaching
    outside of the snapshot, not from using much memory.
    """
    connection = snapshot.connection
    try:
        _lock(connection)
        statement = _only_select(connection.extract_statements(sql))
        result = connection.execute(statement)
        columns = [column[0] for column in result.description or ()]
        return Answer(columns, result.fetchall())
    except duckdb.Error as error:
        raise QueryRefused(f"DuckDB refused the query: {one_line(error)}") from error


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    locked = connection.execute("select current_setting('lock_configuration')").fetchone()
    if locked == (False,):
        connection.execute("set lock_configuration = true")


def _only_select(statements: list[duckdb.Statement]) -> duckdb.Statement:
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        kinds = ", ".join(statement.type.name for statement in statements) or "nothing"
        raise QueryRefused(f"The query holds {kinds}, but exactly one SELECT is answered; send that alone.")
    return statements[0]
