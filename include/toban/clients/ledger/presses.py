"""Presses of buttons: written down before they are answered, carried out by a pass, each once."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, or_, select, update

from toban.clients.ledger.bulk import inserting, storable
from toban.clients.ledger.claims import Status
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import messages, presses
from toban.domain.presses.nouns import Action, Outcome, Press

# A pass that began with a press and did not end with it within this time is taken for dead.
LEASE = timedelta(seconds=30)
OVER_AND_OPEN = {Outcome.REFUSED, Outcome.FAILED}  # nothing was done: somebody may press it anew


class Presses:
    """Of one ledger; each method is one short transaction and may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, press: Press) -> bool:
        """Write it down; False where one of that key waits or was carried out: nothing more is to be done."""
        values = {
            "key": press.key,
            "incident_id": press.incident_id,
            "action": press.action.value,
            "value": storable(json.dumps(dict(press.value), ensure_ascii=False)),
            "slack_user": press.slack_user,
            "slack_team": press.slack_team,
            "response_url": press.response_url,
            "received_at": press.received_at,
        }
        insert = inserting(self._database, presses).values(values).on_conflict_do_nothing()
        with self._database.writing() as connection:
            return bool(connection.execute(insert).rowcount == 1)

    def pending(self, now: datetime) -> list[Press]:
        """Those not answered yet, oldest first, without those that somebody has just begun with."""
        free = or_(presses.c.begun_at.is_(None), presses.c.begun_at <= now - LEASE)
        return list(self._found(select(presses).where(presses.c.done_at.is_(None), free)))

    def begin(self, press: Press, *, now: datetime) -> bool:
        """Take it, just before it is carried out; False where another pass has taken or answered it."""
        mine = update(presses).where(
            presses.c.key == press.key,
            presses.c.done_at.is_(None),
            presses.c.begun_at.is_not_distinct_from(press.begun_at),
        )
        with self._database.writing() as connection:
            return connection.execute(mine.values(begun_at=now)).rowcount == 1

    def finish(self, press: Press, outcome: Outcome, *, incident_id: str, now: datetime) -> None:
        """Keep what became of it, and of which incident it was; where to answer is forgotten.

        After REFUSED and FAILED the key is free again, and the row keeps the press under another one.
        """
        settled = {
            "done_at": now,
            "outcome": outcome.value,
            "incident_id": incident_id,
            "response_url": None,
        }
        if outcome in OVER_AND_OPEN:
            settled["key"] = f"{press.key}#{press.slack_user}:{press.received_at.timestamp():.6f}"
        with self._database.writing() as connection:
            connection.execute(update(presses).where(presses.c.key == press.key).values(settled))

    def of_incident(self, incident_id: str) -> list[tuple[Press, Outcome | None]]:
        """All presses of an incident with what became of them (None: they wait), oldest first."""
        statement = (
            select(presses).where(presses.c.incident_id == incident_id).order_by(presses.c.received_at)
        )
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return [(_press(row), Outcome(row.outcome) if row.outcome else None) for row in rows]

    def message_key(self, channel: str, ts: str) -> str | None:
        """The key of the message that stands there, if Toban said it; the channel is an id."""
        said = select(messages.c.key).where(
            messages.c.ts == ts, messages.c.channel == channel, messages.c.status == Status.POSTED
        )
        with self._database.reading() as connection:
            found: str | None = connection.scalar(said.limit(1))
        return found

    def _found(self, statement: Select[Any]) -> Iterator[Press]:
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(presses.c.received_at, presses.c.key)).all()
        return (_press(row) for row in rows)


def _press(row: Row[Any]) -> Press:
    return Press(
        key=row.key,
        incident_id=row.incident_id,
        action=Action(row.action),
        slack_user=row.slack_user,
        slack_team=row.slack_team,
        response_url=row.response_url,
        received_at=row.received_at,
        value=json.loads(row.value),
        begun_at=row.begun_at,
    )
