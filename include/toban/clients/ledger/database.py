"""Opens SQLite or PostgreSQL so that each write is one short transaction that waits for its turn."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, pool

from toban.errors import LedgerError

BUSY_S = 10  # a ledger transaction takes milliseconds; one that waits longer has a reason a person should see
READS = {"reads_only": True}


class Database:
    """The engine behind an SQLAlchemy URL, `sqlite:///path` or `postgresql://…`.

    ``keeps``: one connection serves transaction after transaction, for a process that forks no more.
    """

    def __init__(self, url: str, *, keeps: bool = False) -> None:
        self._engine = _open(url, keeps=keeps)
        self.dialect = self._engine.dialect.name

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; raises LedgerError."""
        with self._named_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads and holds up nobody; raises LedgerError."""
        with self._named_errors(), self._engine.connect().execution_options(**READS) as connection:
            yield connection

    @contextmanager
    def one_moment(self) -> Iterator[Connection]:
        """Like `reading`, and everything read is as it was at one moment; raises LedgerError."""
        isolation = {} if self.dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with (
            self._named_errors(),
            self._engine.connect().execution_options(**READS, **isolation) as connection,
        ):
            yield connection

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except exc.DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0]
            where = self._engine.url.render_as_string(hide_password=True)
            raise LedgerError(
                f"The ledger {where} cannot be used ({reason}); check TOBAN_LEDGER_URL or the connection "
                "toban_ledger, and that its server runs."
            ) from error


def _open(url: str, *, keeps: bool) -> Engine:
    try:
        # Usually no pool: Airflow forks, and a connection carried into a child would be spoken on twice.
        poolclass = pool.QueuePool if keeps else pool.NullPool
        engine = create_engine(url, poolclass=poolclass, connect_args=_connect_args(url))
    except (exc.ArgumentError, exc.NoSuchModuleError, ImportError) as error:
        raise LedgerError(
            "TOBAN_LEDGER_URL is no database address that is known here; it must begin with sqlite:/// or "
            "postgresql://."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_args(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"timeout": BUSY_S, "isolation_level": None}  # None: BEGIN is ours, see _begin_sqlite
    return {"connect_timeout": BUSY_S, "options": f"-c lock_timeout={BUSY_S}s -c timezone=UTC"}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers go on beside a writer; FULL keeps a confirmed message through a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    deadline = time.monotonic() + BUSY_S
    while not _is_wal(cursor):
        if time.monotonic() > deadline:
            raise sqlite3.OperationalError("the file stays locked; another program holds it")
        time.sleep(0.02)
    cursor.close()


def _is_wal(cursor: sqlite3.Cursor) -> bool:
    """Switches a new file once; SQLite does not wait for the lock here, so the caller does."""
    try:
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return True
        return bool(cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        return False


def _begin_sqlite(connection: Connection) -> None:
    """IMMEDIATE waits for the write lock; a deferred read-then-write would fail at once when it is held."""
    reads = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
