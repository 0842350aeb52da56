"""The warehouse as the rest of Toban sees it: one writer, any number of readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from toban.clients.warehouse.beside import Beside, read_beside
from toban.clients.warehouse.connections import open_live
from toban.clients.warehouse.layout import Layout
from toban.clients.warehouse.leftovers import clean
from toban.clients.warehouse.lock import writer_lock
from toban.clients.warehouse.migrate import migrate
from toban.clients.warehouse.snapshot import Snapshot, open_snapshot
from toban.clients.warehouse.stores import OpenStore, store_of_environment
from toban.clients.warehouse.texts import one_line
from toban.clients.warehouse.writer import Writer
from toban.errors import WarehouseBusy, WarehouseError
from toban.settings import WarehouseSettings

# A sync of an hour's entries holds the lock for seconds, a first backfill for minutes.
PATIENCE_S = 60.0
NOTHING_BESIDE = WarehouseSettings()


class Warehouse:
    """DuckDB in a directory: a live file for its one writer, published snapshots for everybody else."""

    def __init__(
        self,
        directory: Path,
        settings: WarehouseSettings = NOTHING_BESIDE,
        open_store: OpenStore = store_of_environment,
    ) -> None:
        """``settings`` say what publishing does beside the snapshots; the directory is the given one.

        ``open_store`` opens the object storage that they may name.
        """
        self._layout = Layout(Path(directory))
        self._settings = settings
        self._open_store = open_store

    @contextmanager
    def write(self, wait_s: float = PATIENCE_S, purpose: str = "writing") -> Iterator[Writer]:
        """Write, alone over all processes, in a migrated file.

        Raises WarehouseBusy when another process still writes after ``wait_s`` seconds, where ``purpose`` is
        what the others are told; WarehouseError when the disk is full, or the file damaged or not writable.
        """
        with self._faults_in_words():
            self._layout.create()
            with writer_lock(self._layout.lock, wait_s, purpose):
                clean(self._layout)  # before anything is written: the disk may be full of drafts
                connection = self._open_live()
                try:
                    migrate(connection)
                    yield Writer(connection, self._layout, self._settings, self._open_store)
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

    def beside(self) -> Beside:
        """What became of own models and the export when it was published last."""
        return read_beside(self._layout)

    def _open_live(self) -> duckdb.DuckDBPyConnection:
        try:
            return open_live(self._layout.live)
        except duckdb.IOException as error:
            if "Conflicting lock" in str(error):
                raise WarehouseBusy(
                    f"{self._layout.live} is open in a program that does not take turns ({error});"
                    " close it there, and read published snapshots instead."
                ) from error
            if "No space left" in str(error):
                raise
            raise WarehouseError(
                f"{self._layout.live} cannot be opened ({one_line(error)}); if it is damaged, move it"
                " away and run toban backfill --since: PagerDuty has the history, and what was published"
                " stays readable."
            ) from error

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        try:
            yield
        except ConnectionError:  # an OSError too, but of a network
            raise
        except (OSError, duckdb.IOException, duckdb.FatalException) as error:
            raise WarehouseError(
                f"The warehouse in {self._layout.directory} cannot be written ({one_line(error)}); see"
                " that its disk has room and that this user may write there, and run this again: what was"
                " committed is kept, and what was published stays readable."
            ) from error
