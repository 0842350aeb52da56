"""The warehouse as one file, and back.

The live file is never copied: a copy is made by DuckDB itself, within the writer's turn. A restored file
takes the live one's place by one rename, so that a process killed at any moment leaves the old or the new.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from toban.clients.warehouse.connections import open_live, open_read_only
from toban.clients.warehouse.layout import Layout, sync_directory
from toban.clients.warehouse.leftovers import clean
from toban.clients.warehouse.local import NO_LOCAL_MODELS, note_changes
from toban.clients.warehouse.lock import writer_lock
from toban.clients.warehouse.migrate import migrate
from toban.clients.warehouse.publish import publish
from toban.clients.warehouse.texts import literal, one_line, sql_files
from toban.errors import BackupError, WarehouseError

PATIENCE_S = 60.0
FILE = "warehouse.duckdb"
TABLES = "select schema_name, table_name from duckdb_tables() where database_name = ? order by all"


class WarehouseBackup:
    """Of the warehouse in that directory. Methods may raise WarehouseBusy and WarehouseError."""

    def __init__(self, directory: Path) -> None:
        self._layout = Layout(Path(directory))

    @property
    def exists(self) -> bool:
        """Whether there is anything to keep, or to replace."""
        return self._layout.live.exists()

    def export(self, folder: Path) -> tuple[Path, dict[str, int]]:
        """Copy the live database into a new file of that folder; gives the file, and its rows by table."""
        with writer_lock(self._layout.lock, PATIENCE_S, "making a backup"), self._faults_in_words():
            connection = open_live(self._layout.live)
            try:
                migrate(connection)
                return folder / FILE, _copy(connection, folder / FILE)
            finally:
                connection.close()

    @contextmanager
    def replacing(self) -> Iterator["Replacement"]:
        """The writer's turn, with a folder on the same disk; what is left in there at the end is removed."""
        self._layout.create()
        with writer_lock(self._layout.lock, PATIENCE_S, "restoring a backup"), self._faults_in_words():
            clean(self._layout)
            self._layout.restoring.mkdir()
            try:
                yield Replacement(self._layout)
            finally:
                if self._layout.restoring.exists():  # a publication cleans up, too
                    shutil.rmtree(self._layout.restoring)

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        try:
            yield
        except (OSError, duckdb.Error) as error:
            raise WarehouseError(
                f"The warehouse in {self._layout.directory} cannot be copied or replaced ({one_line(error)});"
                " see that its disk has room, and run this again."
            ) from error


class Replacement:
    """Given by `WarehouseBackup.replacing`."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.folder = layout.restoring

    def check(self, rows: dict[str, int]) -> None:
        """Raise BackupError unless the folder holds a warehouse known to this version, with those rows."""
        try:
            connection = open_read_only(self.folder / FILE)
        except duckdb.Error as error:
            raise BackupError(
                f"The backup's {FILE} is no database of DuckDB's ({one_line(error)}); nothing was changed:"
                " use another copy."
            ) from None
        try:
            found = _count(connection, _name(connection))
            _refuse_the_future(connection)
        finally:
            connection.close()
        if found != rows:
            raise BackupError(
                f"The backup's {FILE} does not hold the rows that its manifest names; nothing was changed:"
                " use another copy."
            )

    def install(self) -> int:
        """Put the folder's file in the live one's place and publish it; the number of the snapshot."""
        draft = self.folder / FILE
        _mark_unpublished(draft)
        _settle(self._layout.live)
        draft.replace(self._layout.live)
        sync_directory(self._layout.live.parent)
        connection = open_live(self._layout.live)
        try:
            migrate(connection)
            note_changes(connection, NO_LOCAL_MODELS)  # the next sync, which knows them, builds them again
            return publish(connection, self._layout)
        finally:
            connection.close()


def newest() -> int:
    """The number of the newest migration that this version knows."""
    return max(int(name.split("_")[0]) for name, _ in sql_files("migrations"))


def _copy(connection: duckdb.DuckDBPyConnection, target: Path) -> dict[str, int]:
    connection.execute(f"attach {literal(str(target))} as backup")
    try:
        connection.execute(f"copy from database {_name(connection)} to backup")
        return _count(connection, "backup")
    finally:
        connection.execute("detach backup")


def _count(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    counts = {}
    for schema, table in connection.execute(TABLES, [database]).fetchall():
        row = connection.execute(f'select count(*) from "{database}"."{schema}"."{table}"').fetchone()
        counts[f"{schema}.{table}"] = int(row[0]) if row else 0
    return counts


def _name(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("select current_database()").fetchone()
    return str(row[0]) if row else "toban"


def _refuse_the_future(connection: duckdb.DuckDBPyConnection) -> None:
    known = {name for name, _ in sql_files("migrations")}
    try:
        applied = {name for (name,) in connection.execute("select name from internal.migrations").fetchall()}
    except duckdb.Error:
        raise BackupError(f"The backup's {FILE} is no warehouse of Toban's; nothing was changed.") from None
    if applied - known:
        raise BackupError(
            f"The backup's warehouse was migrated to {max(applied - known)}, which this version of Toban does"
            " not know; nothing was changed: install the version that made it."
        )


def _mark_unpublished(draft: Path) -> None:
    """Whoever writes next publishes it, also when this process is killed before it does so itself."""
    connection = open_live(draft)
    try:
        connection.execute("insert into internal.unpublished values ('a restore')")
        connection.execute("checkpoint")
    finally:
        connection.close()


def _settle(live: Path) -> None:
    """Leave no write-ahead log beside the live file: it would be replayed into the one that follows."""
    if not live.exists():
        return
    with suppress(duckdb.Error):  # a damaged file is what a restore is for
        open_live(live).close()
    live.with_name(f"{live.name}.wal").unlink(missing_ok=True)
