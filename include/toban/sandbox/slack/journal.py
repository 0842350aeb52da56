"""What survives a restart: one SQLite file with a row per thing, written through on every change."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Body = dict[str, Any]
_TABLES = (
    "create table if not exists things (kind text, id text, body text not null, primary key (kind, id))",
    "create table if not exists contents (id text primary key, bytes blob not null)",
)


class Journal:
    """Without a directory it forgets everything at the end; with one, a restart continues from it."""

    def __init__(self, state_dir: Path | None = None) -> None:
        self._path = state_dir / "slack.sqlite" if state_dir else None
        self._contents: dict[str, bytes] = {}
        self.changes = 0  # grows with every change, so that a page knows when to look again
        if state_dir:
            state_dir.mkdir(parents=True, exist_ok=True)
            with self._open() as connection:
                for table in _TABLES:
                    connection.execute(table)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one change: the server's thread and the test's never share one."""
        with closing(sqlite3.connect(str(self._path))) as connection:
            connection.execute("pragma synchronous = off")  # a sandbox may lose its last words to a power cut
            with connection:
                yield connection

    def things(self, kind: str) -> dict[str, Body]:
        """Everything of one kind by id, in the order of the ids."""
        if not self._path:
            return {}
        with self._open() as connection:
            rows = connection.execute("select id, body from things where kind = ? order by id", (kind,))
            return {row[0]: json.loads(row[1]) for row in rows}

    def write(self, kind: str, key: str, body: Body | None) -> None:
        """Remember a thing's new state; None forgets it."""
        self.changes += 1
        if not self._path:
            return
        with self._open() as connection:
            if body is None:
                connection.execute("delete from things where kind = ? and id = ?", (kind, key))
            else:
                connection.execute(
                    "insert or replace into things values (?, ?, ?)", (kind, key, json.dumps(body))
                )

    def keep(self, key: str, content: bytes) -> None:
        """Remember an uploaded file's bytes."""
        self._contents[key] = content
        if self._path:
            with self._open() as connection:
                connection.execute("insert or replace into contents values (?, ?)", (key, content))

    def content(self, key: str) -> bytes | None:
        """The bytes of an uploaded file, or None if nothing was uploaded under that id."""
        if key not in self._contents and self._path:
            with self._open() as connection:
                row = connection.execute("select bytes from contents where id = ?", (key,)).fetchone()
            if row:
                self._contents[key] = row[0]
        return self._contents.get(key)


class Shelf:
    """Things of one kind by id, in memory and in the journal."""

    def __init__(self, journal: Journal, kind: str) -> None:
        self._journal, self._kind = journal, kind
        self._things = journal.things(kind)

    def get(self, key: str) -> Body | None:
        """The thing, or None."""
        return self._things.get(key)

    def all(self) -> list[Body]:
        """Every thing, oldest first."""
        return list(self._things.values())

    def put(self, key: str, body: Body) -> Body:
        """Store a new thing or a thing's new state, and hand it back."""
        self._things[key] = body
        self._journal.write(self._kind, key, body)
        return body

    def remove(self, key: str) -> None:
        """Forget a thing."""
        self._things.pop(key, None)
        self._journal.write(self._kind, key, None)
