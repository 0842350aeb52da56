"""Many rows in one statement, on both engines."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Insert, Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from toban.clients.ledger.database import Database

MOST_VALUES = 1_000  # in one IN list: far below what either engine takes, and already fast


def inserting(database: Database, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do where the row exists."""
    return postgresql.insert(table) if database.dialect == "postgresql" else sqlite.insert(table)


def write_many(
    connection: Connection, insert: Insert, key: Column[Any], rows: Mapping[str, dict[str, Any]]
) -> None:
    """Insert the rows, by their keys; the insert says what to do where one exists.

    In the order of the keys: two writers that wait for each other's rows would wait for ever.
    """
    if rows:
        # With something to return SQLAlchemy sends many rows at a time; else PostgreSQL gets one by one.
        connection.execute(insert.returning(key), [rows[name] for name in sorted(rows)])


def matching(
    connection: Connection, statement: Select[Any], column: Column[Any], values: Collection[str]
) -> Iterator[Row[Any]]:
    """The statement's rows whose column holds one of the values, however many these are."""
    asked = list(dict.fromkeys(values))
    for start in range(0, len(asked), MOST_VALUES):
        yield from connection.execute(statement.where(column.in_(asked[start : start + MOST_VALUES])))


def storable(text: str | None) -> str | None:
    """The text without NUL characters, which PostgreSQL refuses, and half emojis, which nothing takes."""
    return text and text.replace("\x00", "").encode(errors="replace").decode()
