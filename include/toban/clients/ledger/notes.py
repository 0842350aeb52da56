"""What Toban remembers beside its messages: one JSON text a key, the last word counts."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from toban.clients.ledger.bulk import inserting
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import notes


class Notes:
    """Of one ledger; both methods may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, key: str) -> Any:
        """What was last noted under that key, ``None`` if nothing was."""
        with self._database.reading() as connection:
            content = connection.scalar(select(notes.c.content).where(notes.c.key == key))
        return None if content is None else json.loads(content)

    def write(self, key: str, content: Any, *, now: datetime) -> None:
        """Replace what was noted under that key."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        values = {"key": key, "content": text, "changed_at": now}
        insert = inserting(self._database, notes).values(values)
        changed = {"content": insert.excluded.content, "changed_at": insert.excluded.changed_at}
        with self._database.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_=changed))
