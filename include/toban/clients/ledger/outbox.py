"""Events of monitoring tools on their way to PagerDuty: kept from the tool's 202 to PagerDuty's.

A row is settled once PagerDuty took it or refused it (``reason`` then holds its words). Rows of one
dedup key go in the order in which they came: the next is given out only after the one before is settled.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, delete, func, insert, select, update

from toban.clients.ledger.bulk import storable
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import outbox

KEY_FROM = 33  # where in an id the digest of the dedup key begins, counted from 1 as SQL does
LONGEST_REASON = 500


@dataclass(frozen=True)
class Waiting:
    """An event given out for one attempt, the `attempts`-th; ``event`` lacks its routing key."""

    id: str
    intake: str
    event: dict[str, Any]
    received_at: datetime
    attempts: int


@dataclass(frozen=True)
class Standing:
    """How one intake stands: when it last sent something, what waits, what was refused, and why."""

    intake: str
    last_received_at: datetime
    waiting: int
    waiting_since: datetime | None
    refused: int
    reason: str | None


class Outbox:
    """Of one ledger; every method is one short transaction and may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, intake: str, events: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
        """Keep the events, all or none, due at once and in this order."""
        common = {"intake": intake, "received_at": now, "due_at": now, "attempts": 0}
        rows = [
            {
                "id": _id(now, place, str(event["dedup_key"])),
                "event": storable(json.dumps(event, ensure_ascii=False)),
                **common,
            }
            for place, event in enumerate(events)
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(insert(outbox), rows)

    def take(self, intake: str, *, now: datetime, limit: int, lease: timedelta) -> list[Waiting]:
        """Up to `limit` due events, oldest first; nobody else gets them until ``now + lease``.

        Each counts as an attempt. Who does not settle them in time finds them sent by another.
        """
        key = func.substr(outbox.c.id, KEY_FROM)
        place = func.row_number().over(partition_by=key, order_by=outbox.c.id).label("place")
        unsettled = (
            select(outbox, place).where(outbox.c.intake == intake, outbox.c.sent_at.is_(None)).subquery()
        )
        first_in_line = (
            select(unsettled)
            .where(unsettled.c.place == 1, unsettled.c.due_at <= now)
            .order_by(unsettled.c.id)
            .limit(limit)
        )
        with self._database.writing() as connection:
            found = connection.execute(first_in_line).all()
            claims = (
                update(outbox)
                .where(outbox.c.id == row.id, outbox.c.due_at == row.due_at, outbox.c.sent_at.is_(None))
                .values(due_at=now + lease, attempts=row.attempts + 1)
                for row in found
            )
            won = [connection.execute(claim).rowcount == 1 for claim in claims]
        return [_waiting(row) for row, mine in zip(found, won, strict=True) if mine]

    def settle(self, event: Waiting, *, now: datetime, refusal: str | None = None) -> None:
        """PagerDuty took it, or refused it in these words."""
        reason = refusal and storable(refusal[:LONGEST_REASON])
        self._change([event.id], {"sent_at": now, "reason": reason})

    def postpone(self, event: Waiting, reason: str, *, until: datetime) -> None:
        """PagerDuty could not be asked, for that reason; to be tried again then."""
        self._change([event.id], {"due_at": until, "reason": storable(reason[:LONGEST_REASON])})

    def put_back(self, events: Iterable[Waiting], *, until: datetime) -> None:
        """They were not tried after all."""
        values = {"due_at": until, "attempts": outbox.c.attempts - 1}
        self._change([event.id for event in events], values)

    def settled_since(self, intake: str, moment: datetime) -> int:
        """How many calls for this intake PagerDuty has answered since then."""
        statement = select(func.count()).where(outbox.c.intake == intake, outbox.c.sent_at >= moment)
        with self._database.reading() as connection:
            return connection.scalar(statement) or 0

    def forget(self, before: datetime) -> int:
        """Drop what was settled before then; gives how many."""
        with self._database.writing() as connection:
            return connection.execute(delete(outbox).where(outbox.c.sent_at < before)).rowcount

    def standings(self) -> list[Standing]:
        """Each intake from which anything is kept, by its id."""
        waits = outbox.c.sent_at.is_(None)
        refused = outbox.c.sent_at.is_not(None) & outbox.c.reason.is_not(None)
        statement = (
            select(
                outbox.c.intake,
                func.max(outbox.c.received_at).label("last_received_at"),
                func.count(case((waits, 1))).label("waiting"),
                func.min(case((waits, outbox.c.received_at))).label("waiting_since"),
                func.count(case((refused, 1))).label("refused"),
                func.max(outbox.c.reason).label("reason"),
            )
            .group_by(outbox.c.intake)
            .order_by(outbox.c.intake)
        )
        with self._database.reading() as connection:
            return [Standing(**row._mapping) for row in connection.execute(statement)]

    def _change(self, ids: list[str], values: dict[str, Any]) -> None:
        if ids:
            with self._database.writing() as connection:
                connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(values))


def _id(now: datetime, place: int, dedup_key: str) -> str:
    """Sorts by arrival, and ends in what tells dedup keys apart."""
    arrived = f"{int(now.timestamp() * 1_000_000):016d}.{place:05d}.{secrets.token_hex(4)}"
    return f"{arrived}.{hashlib.sha256(dedup_key.encode()).hexdigest()[:32]}"


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        intake=row.intake,
        event=json.loads(row.event),
        received_at=row.received_at,
        attempts=row.attempts + 1,
    )
