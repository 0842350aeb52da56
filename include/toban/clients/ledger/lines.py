"""Lines that threads got or shall get: written before they are said, so that none is lost."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Connection, select

from toban.clients.ledger.bulk import inserting, matching, storable, write_many
from toban.clients.ledger.claims import Status
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import lines, messages, threads
from toban.domain.alerts.nouns import Line

LOOK_BACK = timedelta(days=2)  # in closed threads; what nobody managed to say by then is no news
TICK = timedelta(microseconds=1)


class Lines:
    """Of one ledger; `Threads.save` writes them. Both methods may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keys: Collection[str]) -> set[str]:
        """Those of the keys under which there is a line."""
        with self._database.reading() as connection:
            return {row.key for row in matching(connection, select(lines.c.key), lines.c.key, keys)}

    def unsaid(self, *, now: datetime | None = None) -> dict[str, list[Line]]:
        """Message key -> its lines in the order of writing, where that message is not in Slack.

        Of open threads all, of others those written in the last two days. ``now`` is the present by default.
        """
        since = (now or datetime.now(UTC)) - LOOK_BACK
        found: defaultdict[str, list[Line]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in connection.execute(_unsaid_since(since)):
                found[row.message].append(Line(row.key, row.incident_id, row.root, row.message, row.text))
        return dict(found)


def insert_lines(database: Database, connection: Connection, new: Collection[Line], now: datetime) -> None:
    """Within a transaction: write those whose keys are not known; later their order can be told."""
    # A microsecond apart, which is as much as the engines keep.
    rows = {line.key: _values(line, now + place * TICK) for place, line in enumerate(new)}
    write_many(connection, inserting(database, lines).on_conflict_do_nothing(), lines.c.key, rows)


def _values(line: Line, created_at: datetime) -> dict[str, Any]:
    return {
        "key": line.key,
        "incident_id": line.incident_id,
        "root": line.root,
        "message": line.message,
        "text": storable(line.text),
        "created_at": created_at,
    }


def _unsaid_since(since: datetime) -> CompoundSelect[Any]:
    """A union, since no engine uses two indexes for an "or" of such unlike halves."""
    in_slack = messages.c.key == lines.c.message, messages.c.status == Status.POSTED
    unsaid = select(lines).where(~select(messages.c.key).where(*in_slack).exists())
    open_roots = select(threads.c.root).where(threads.c.closed_at.is_(None))
    of_open_threads = unsaid.where(lines.c.root.in_(open_roots))
    both = of_open_threads.union(unsaid.where(lines.c.created_at >= since))
    return both.order_by("created_at", "key")
