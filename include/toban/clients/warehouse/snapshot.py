"""Reading: an immutable snapshot, opened by its own name, read only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from toban.clients.warehouse.connections import open_read_only
from toban.clients.warehouse.layout import Layout, Pointer
from toban.clients.warehouse.texts import one_line
from toban.errors import NoSnapshot, WarehouseError

if TYPE_CHECKING:
    import pandas as pd  # takes a second, and most readers want no frame

# A snapshot stays for two publications after its own; a reader that loses the race twice is unlucky,
# one that loses it ten times looks at a broken directory.
ATTEMPTS = 10


class Snapshot:
    """One published state of the warehouse; it does not change while it is open."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, pointer: Pointer, *, restricted: bool
    ) -> None:
        self._connection = connection
        self.path = path
        self.restricted = restricted  # holds what concerns persons
        self.pointer = pointer
        self.number = pointer.number
        self.published_at = datetime.fromisoformat(pointer.published_at)
        self.synced_until = datetime.fromisoformat(pointer.synced_until) if pointer.synced_until else None

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """A query's rows as dicts; moments are aware, in UTC. Raises WarehouseError."""
        try:
            result = self._connection.execute(sql, params)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise WarehouseError(
                f"{self.path} cannot be read ({reason}); let toban sync publish a new snapshot."
            ) from error

    def frame(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> "pd.DataFrame":
        """A query's rows as a pandas frame."""
        frame: pd.DataFrame = self._connection.execute(sql, params).df()
        return frame

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The read-only connection, for the gate in front of foreign SQL."""
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_snapshot(layout: Layout, *, restricted: bool) -> Snapshot:
    """The current snapshot; raises NoSnapshot when there is none, or none that can be opened."""
    for _ in range(ATTEMPTS):
        pointer = layout.pointer()
        path = layout.directory / (pointer.restricted if restricted else pointer.general)
        try:
            return Snapshot(open_read_only(path), path, pointer, restricted=restricted)
        except duckdb.IOException as error:
            vanished = error  # published past us between reading the pointer and opening: look again
    raise NoSnapshot(
        f"{path} cannot be opened, though current.json names it ({one_line(vanished)}); toban sync publishes"
        " again what is missing or damaged, and only its own user may read what concerns persons."
    )
