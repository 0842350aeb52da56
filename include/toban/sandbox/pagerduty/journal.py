"""What changed since the history was loaded, in one SQLite file, so that a restart goes on from there."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from toban.sandbox.pagerduty.wire import Json

if TYPE_CHECKING:
    from toban.sandbox.pagerduty.world import World

FILE_NAME = "pagerduty.sqlite3"


class Journal:
    """A key-value store of changed objects; the newest value of each wins."""

    def __init__(self, state_dir: Path) -> None:
        """Opens or creates the file in `state_dir`, which is made if it is absent."""
        state_dir.mkdir(parents=True, exist_ok=True)
        self._lock = Lock()
        self._db = sqlite3.connect(state_dir / FILE_NAME, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # Survives a kill at any moment; only a power cut may lose the last changes. Saves an fsync for each.
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS things (kind TEXT, id TEXT, body BLOB, PRIMARY KEY (kind, id))"
        )

    def save(self, changed: Mapping[tuple[str, str], object]) -> None:
        """All or nothing; a value of None removes the object."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            for (kind, key), value in changed.items():
                if value is None:
                    self._db.execute("DELETE FROM things WHERE kind = ? AND id = ?", (kind, key))
                else:
                    row = (kind, key, orjson.dumps(value))
                    self._db.execute("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", row)
            self._db.execute("COMMIT")

    def restore(self, world: "World") -> None:
        """Lay everything kept over the world."""
        world.incidents.load(self._all("incident"))
        world.entries.load(self._all("log_entry"))
        for schedule in self._all("schedule"):
            world.directory.put("schedules", schedule)
        for shelf, kind in ((world.notes, "notes"), (world.alerts, "alerts"), (world.standings, "standing")):
            shelf.update(self._pairs(kind))
        world.subscriptions.update(self._pairs("subscription"))
        world.change_events[:] = self._all("change_event")
        world.reminders.update(self._pairs("reminder"))

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _pairs(self, kind: str) -> Iterator[tuple[str, Any]]:
        for key, body in self._db.execute(
            "SELECT id, body FROM things WHERE kind = ? ORDER BY rowid", (kind,)
        ):
            yield key, orjson.loads(body)

    def _all(self, kind: str) -> list[Json]:
        return [thing for _, thing in self._pairs(kind)]
