"""Snapshots for many readers at once: each published one is opened once, and what it answered is kept.

A snapshot never changes, so a question asked again costs nothing until the next one is published.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from toban.clients.warehouse.connections import another
from toban.clients.warehouse.layout import Layout, Pointer
from toban.clients.warehouse.snapshot import Snapshot, open_snapshot

Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]
CELLS_KEPT = 2_000_000  # of all answers of one snapshot: about 60 MB


class SharedSnapshots:
    """The current snapshots of a warehouse, general and restricted; threads may ask at the same time."""

    def __init__(self, directory: Path) -> None:
        self._layout = Layout(Path(directory))
        self._open: dict[bool, _Shared] = {}
        self._lock = Lock()

    @contextmanager
    def read(self, *, restricted: bool = False) -> Iterator[Snapshot]:
        """The current snapshot for one request; raises NoSnapshot before the first publication."""
        # Where nothing changed, the pointer alone is told how far the sync has come.
        pointer = self._layout.pointer()
        snapshot = self._current(restricted, pointer.number).for_one_reader(pointer)
        try:
            yield snapshot
        finally:
            snapshot.close()

    def _current(self, restricted: bool, number: int) -> "_Shared":
        with self._lock:
            found = self._open.get(restricted)
            if found is None or found.snapshot.number != number:
                # The one before ends by itself when its last reader has finished.
                found = self._open[restricted] = _Shared(open_snapshot(self._layout, restricted=restricted))
            return found


class _Shared:
    """One opened snapshot and its answers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._answers = Answers(CELLS_KEPT)

    def for_one_reader(self, pointer: Pointer) -> Snapshot:
        same = pointer.number == self.snapshot.number
        known = pointer if same else self.snapshot.pointer  # published past us meanwhile
        return _Remembering(another(self.snapshot.connection), self.snapshot.path, known, self._answers)


class _Remembering(Snapshot):
    """A reader that looks into the common answers first."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, pointer: Pointer, answers: "Answers"
    ) -> None:
        super().__init__(connection, path, pointer)
        self._answers = answers

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """As `Snapshot.rows`; each caller gets dicts of its own."""

        def ask() -> Rows:
            found = super(_Remembering, self).rows(sql, params)
            return tuple(found[0]) if found else (), [tuple(row.values()) for row in found]

        given = sorted(params.items()) if isinstance(params, Mapping) else list(params)
        names, values = self._answers.get((sql, repr(given)), ask)
        return [dict(zip(names, row, strict=True)) for row in values]


class Answers:
    """What was answered, the least lately used forgotten first; who asks the same meanwhile waits for it."""

    def __init__(self, cells: int) -> None:
        self._room, self._largest = cells, cells // 2
        self._kept: OrderedDict[tuple[str, str], Future[Rows]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str], ask: Callable[[], Rows]) -> Rows:
        """The answer kept for ``key``, else what ``ask`` gives; what it raises is not kept."""
        with self._lock:
            kept = self._kept.get(key)
            future = self._kept.setdefault(key, Future())
            self._kept.move_to_end(key)
        return future.result() if kept else self._ask(key, future, ask)

    def _ask(self, key: tuple[str, str], future: Future[Rows], ask: Callable[[], Rows]) -> Rows:
        try:
            answer = ask()
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            future.set_exception(error)
            raise
        future.set_result(answer)
        self._make_room(key, future)
        return answer

    def _make_room(self, key: tuple[str, str], new: Future[Rows]) -> None:
        with self._lock:
            if self._kept.get(key) is not new:  # forgotten before it was answered
                return
            cells = _cells(new.result())
            if cells > self._largest:  # a download: it would drive out everything else
                del self._kept[key]
                return
            self._room -= cells
            while self._room < 0:
                _, oldest = self._kept.popitem(last=False)
                self._room += _cells(oldest.result()) if oldest.done() else 0


def _cells(answer: Rows) -> int:
    names, rows = answer
    return 1 + len(names) * len(rows)
