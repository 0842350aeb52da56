"""The warehouse as the rest of Toban sees it: one writer, any number of readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from toban.clients.warehouse.connections import open_live
from toban.clients.warehouse.layout import Layout
from toban.clients.warehouse.lock import writer_lock
from toban.clients.warehouse.migrate import migrate
from toban.clients.warehouse.publish import clean
from toban.clients.warehouse.snapshot import Snapshot, open_snapshot
from toban.clients.warehouse.writer import Writer
from toban.errors import WarehouseBusy

# A sync of an hour's entries holds the lock for seconds, a first backfill for minutes.
PATIENCE_S = 60.0


class Warehouse:
    """DuckDB in a directory: a live file for its one writer, published snapshots for everybody else."""

    def __init__(self, directory: Path) -> None:
        self._layout = Layout(Path(directory))

    @contextmanager
    def write(self, wait_s: float = PATIENCE_S, purpose: str = "writing") -> Iterator[Writer]:
        """Write, alone over all processes, in a migrated file.

        Raises WarehouseBusy when another process still writes after ``wait_s`` seconds; ``purpose`` is what
        the others are told then.
        """
        self._layout.create()
        with writer_lock(self._layout.lock, wait_s, purpose):
            connection = self._open_live()
            try:
                migrate(connection)
                clean(self._layout)
                yield Writer(connection, self._layout)
            finally:
                connection.close()

    @contextmanager
    def read(self, *, restricted: bool = False) -> Iterator[Snapshot]:
        """Read the current snapshot; ``restricted`` is the one with what concerns persons.

        Raises NoSnapshot before the first publication.
        """
        snapshot = open_snapshot(self._layout, restricted=restricted)
        try:
            yield snapshot
        finally:
            snapshot.close()

    def _open_live(self) -> duckdb.DuckDBPyConnection:
        try:
            return open_live(self._layout.live)
        except duckdb.IOException as error:
            if "Conflicting lock" not in str(error):
                raise
            raise WarehouseBusy(
                f"{self._layout.live} is open in a program that does not take turns ({error});"
                " close it there, and read published snapshots instead."
            ) from error
