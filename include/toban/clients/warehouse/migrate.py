"""Numbered, append-only migrations: each runs once, in one transaction with the row that remembers it."""

import logging

import duckdb

from toban.clients.warehouse.comments import comment_tables
from toban.clients.warehouse.texts import sql_files
from toban.errors import WarehouseError

log = logging.getLogger(__name__)

REMEMBERED = """
create schema if not exists internal;
create table if not exists internal.migrations (name varchar, applied_at timestamptz);
"""


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the file to this version of Toban; raises WarehouseError when it is already past it."""
    connection.execute(REMEMBERED)
    known = dict(sql_files("migrations"))
    applied = {name for (name,) in connection.execute("select name from internal.migrations").fetchall()}
    _refuse_the_future(applied - known.keys())
    for name in sorted(known.keys() - applied):
        _apply(connection, name, known[name])


def _refuse_the_future(unknown: set[str]) -> None:
    if unknown:
        raise WarehouseError(
            f"The warehouse was migrated to {max(unknown)}, which this version of Toban does not know;"
            " use that newer version again."
        )


def _apply(connection: duckdb.DuckDBPyConnection, name: str, ddl: str) -> None:
    log.info("migrating the warehouse: %s", name)
    connection.begin()
    try:
        connection.execute(ddl)
        comment_tables(connection, ddl)
        connection.execute("insert into internal.migrations values (?, now())", [name])
    except duckdb.Error:
        connection.rollback()
        raise
    connection.commit()
