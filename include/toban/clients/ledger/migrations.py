"""Brings the ledger's tables up to date: numbered files, applied in order, each once, never changed again."""

from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import Connection, text

from toban.clients.ledger.database import Database
from toban.errors import LedgerError

LOCK = 7_186_202  # any number; it names this lock among PostgreSQL's advisory locks
VERSIONS = "CREATE TABLE IF NOT EXISTS ledger_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"


def migrate(database: Database) -> list[str]:
    """Apply what is missing, in one transaction that others wait for; gives the names applied."""
    with database.writing() as connection:
        if database.dialect == "postgresql":  # SQLite's write lock is held already
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(text(VERSIONS))
        applied = {row.number for row in connection.execute(text("SELECT number FROM ledger_migrations"))}
        available = dict(_available())
        _refuse_unknown(applied - available.keys())
        missing = [number for number in sorted(available) if number not in applied]
        for number in missing:
            _apply(connection, number, available[number])
        return [available[number] for number in missing]


def newest() -> int:
    """The number of the newest migration that this version knows."""
    return max(number for number, _ in _available())


def _apply(connection: Connection, number: int, name: str) -> None:
    script = (files("toban") / "sql" / "ledger" / name).read_text(encoding="utf-8")
    for statement in _statements(script):
        connection.exec_driver_sql(statement)
    row = {"number": number, "name": name}
    connection.execute(text("INSERT INTO ledger_migrations (number, name) VALUES (:number, :name)"), row)


def _available() -> Iterator[tuple[int, str]]:
    for entry in (files("toban") / "sql" / "ledger").iterdir():
        if entry.name.endswith(".sql"):
            yield int(entry.name.split("_")[0]), entry.name


def _statements(script: str) -> Iterator[str]:
    """Statements end with ``;`` at the end of a line; comments, which may hold one too, are left out."""
    lines = [line.split("--")[0].rstrip() for line in script.splitlines()]
    for statement in "\n".join(lines).split(";\n"):
        if statement.strip():
            yield statement.strip().removesuffix(";")


def _refuse_unknown(numbers: set[int]) -> None:
    if numbers:
        raise LedgerError(
            f"The ledger was written by a newer Toban (migration {max(numbers)} is unknown here); "
            "install that version, or use another ledger."
        )
