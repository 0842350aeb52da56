"""The ledger's rows as files, one a table and one JSON object a line, and back, in either database."""

import json
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, insert, select, text

from toban.clients.ledger.database import Database
from toban.clients.ledger.migrations import migrate, newest
from toban.clients.ledger.tables import METADATA, Moment
from toban.errors import BackupError

BATCH = 500
# A button's press holds for a while an address at which whoever knows it may answer in Toban's name.
LEFT_OUT = {"ledger_presses": {"response_url"}}


class LedgerBackup:
    """Of the ledger behind that SQLAlchemy URL; every method may raise LedgerError."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def migrate(self) -> int:
        """Make or update the tables; gives the number of the newest migration."""
        migrate(self._database)
        return newest()

    def holds_rows(self) -> bool:
        """Whether there is anything that a restore would replace."""
        with self._database.reading() as connection:
            return any(connection.scalar(select(func.count()).select_from(table)) for table in _tables())

    def export(self, folder: Path) -> dict[Path, int]:
        """Write every table as it was at one moment; gives the files with their numbers of rows."""
        with self._database.one_moment() as connection:
            return {
                file: _write(connection, table, file)
                for table in _tables()
                for file in [folder / f"{table.name}.jsonl"]
            }

    def replace(self, folder: Path) -> int:
        """Put what those files say in the place of all rows there are, in one transaction; gives the rows.

        A table without a file becomes empty. Raises BackupError for a row that fits no table.
        """
        with self._database.writing() as connection:
            if self._database.dialect == "postgresql":  # SQLite's write lock is held already
                names = ", ".join(table.name for table in _tables())
                connection.execute(text(f"lock table {names} in access exclusive mode"))
            return sum(_replace(connection, table, folder / f"{table.name}.jsonl") for table in _tables())


def file_names() -> set[str]:
    """The files that a ledger consists of."""
    return {f"{table.name}.jsonl" for table in _tables()}


def _tables() -> list[Table]:
    return list(METADATA.sorted_tables)


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in LEFT_OUT.get(table.name, ())]


def _write(connection: Connection, table: Table, file: Path) -> int:
    columns = _columns(table)
    rows = 0
    found = connection.execution_options(yield_per=BATCH).execute(select(*columns))
    with file.open("x", encoding="utf-8") as target:
        for row in found:
            line = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
            target.write(json.dumps(line, ensure_ascii=False) + "\n")
            rows += 1
    return rows


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _replace(connection: Connection, table: Table, file: Path) -> int:
    connection.execute(delete(table))
    if not file.exists():
        return 0
    rows = 0
    with file.open("rb") as source:
        while batch := [_row(line, table) for line in islice(source, BATCH)]:
            if any(row.keys() != batch[0].keys() for row in batch):
                raise _misfit(table, "rows with different columns")
            connection.execute(insert(table), batch)
            rows += len(batch)
    return rows


def _row(line: bytes, table: Table) -> dict[str, Any]:
    known = {column.name: column for column in _columns(table)}
    try:
        row = json.loads(line.decode())
        return {name: _value(known[name], value) for name, value in row.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _misfit(table, f"{type(error).__name__}: {str(error)[:80]}") from None


def _misfit(table: Table, why: str) -> BackupError:
    return BackupError(
        f"The backup holds what does not fit into {table.name} ({why}); nothing was changed: use another"
        " copy."
    )


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    if type(value) is not column.type.python_type:
        raise TypeError(f"{column.name} is no {column.type.python_type.__name__}")
    # SQLite keeps a NUL in a text, PostgreSQL refuses it.
    return value.replace("\x00", "") if isinstance(value, str) else value
