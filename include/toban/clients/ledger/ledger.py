"""What Toban meant to say, what it said and what it gave up; each method is one short transaction."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Row, select, update

from toban.clients.ledger.bulk import inserting, matching
from toban.clients.ledger.claims import Claim, Intent, Standing, Status
from toban.clients.ledger.database import Database
from toban.clients.ledger.labour import Labour
from toban.clients.ledger.lines import Lines
from toban.clients.ledger.migrations import migrate
from toban.clients.ledger.notes import Notes
from toban.clients.ledger.opinions import Opinions
from toban.clients.ledger.outbox import Outbox
from toban.clients.ledger.presses import Presses
from toban.clients.ledger.readings import Readings
from toban.clients.ledger.tables import messages
from toban.clients.ledger.threads import Threads

# What the warehouse copies, by the names it uses.
COPIED = ("key", "kind", "channel", "ts", "status", "created_at", "posted_at")


class Ledger:
    """``url`` is SQLAlchemy's, `sqlite:///path` or `postgresql://…`. Every method may raise LedgerError.

    Moments are aware datetimes. Machines that share a ledger must agree on the time within a few seconds,
    which NTP does.
    """

    def __init__(self, url: str, *, keeps: bool = False) -> None:
        self._database = Database(url, keeps=keeps)
        self.notes = Notes(self._database)
        self.threads = Threads(self._database)
        self.lines = Lines(self._database)
        self.presses = Presses(self._database)
        self.outbox = Outbox(self._database)
        self.labour = Labour(self._database)
        self.opinions = Opinions(self._database)
        self.readings = Readings(self._database)

    def migrate(self) -> list[str]:
        """Make or update the tables, also while others do the same; gives the names of what was applied."""
        return migrate(self._database)

    def claim(self, intent: Intent, *, now: datetime, lease: timedelta) -> Claim:
        """Ask to be the one who says it: NEW and DOUBTFUL are granted until ``now + lease``."""
        claimant = uuid.uuid4().hex
        granted = {
            "claimant": claimant,
            "status": Status.CLAIMED,
            "lease_until": now + lease,
            "changed_at": now,
        }
        fresh = {
            "form": intent.form,
            "channel": intent.channel,
            "thread_ts": intent.thread_ts,
            "content_hash": intent.content_hash,
            "about": intent.about,
            "claimed_at": now,
        }
        with self._database.writing() as connection:
            first = {"key": intent.key, "kind": intent.kind, "created_at": now}
            if self._inserted(connection, {**first, **fresh, **granted}):
                return _claim(_row(connection, intent.key), Standing.NEW)
            row = _row(connection, intent.key, lock=True)
            standing = _standing(row, now)
            if standing is Standing.NEW:
                emptied = {"reason": None, "ts": None, "posted_at": None}
                _change(connection, intent.key, {**fresh, **granted, **emptied})
            elif standing is Standing.DOUBTFUL:
                _change(connection, intent.key, granted)
            return _claim(_row(connection, intent.key), standing)

    def renew(self, claim: Claim, *, now: datetime, lease: timedelta) -> bool:
        """Extend a granted claim; False when another has taken it over or it is settled."""
        return self._if_mine(claim, {"lease_until": now + lease, "changed_at": now})

    def release(self, claim: Claim, *, now: datetime) -> bool:
        """End the lease at once, leaving the question open; False as in `renew`."""
        return self._if_mine(claim, {"lease_until": now, "changed_at": now})

    def give_up(self, claim: Claim, reason: str, *, now: datetime) -> bool:
        """Record that it is certainly not in Slack and why; it may be claimed anew. False as in `renew`."""
        return self._if_mine(claim, {"status": Status.GIVEN_UP, "reason": reason, "changed_at": now})

    def confirm(self, claim: Claim, channel: str, ts: str, content_hash: str, *, now: datetime) -> bool:
        """Record where it is in Slack, also when the lease has ended meanwhile: it is true all the same.

        False when it was confirmed already.
        """
        said = {"status": Status.POSTED, "channel": channel, "ts": ts, "content_hash": content_hash}
        with self._database.writing() as connection:
            row = _row(connection, claim.key, lock=True)
            if row.status == Status.POSTED:
                return False
            return _change(connection, claim.key, {**said, "posted_at": now, "changed_at": now})

    def said(self, key: str) -> Claim | None:
        """What is in Slack under that key, if anything."""
        statement = select(messages).where(messages.c.key == key, messages.c.status == Status.POSTED)
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else _claim(row, Standing.SAID)

    def said_keys(self, keys: Collection[str]) -> dict[str, Claim]:
        """What is in Slack under these keys, by key."""
        return {claim.key: claim for claim in self._all_said(messages.c.key, keys)}

    def said_about(self, incident_ids: Collection[str]) -> dict[str, dict[str, Claim]]:
        """What is in Slack about these incidents: incident id -> key -> claim; nothing said is left out."""
        found: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in self._all_said(messages.c.about, incident_ids):
            found[str(claim.about)][claim.key] = claim
        return dict(found)

    def corrected(self, key: str, content_hash: str, *, now: datetime) -> None:
        """Record that the message now shows something else."""
        with self._database.writing() as connection:
            _change(connection, key, {"content_hash": content_hash, "changed_at": now})

    def withdrawn(self, key: str, *, now: datetime) -> None:
        """Record that the message was taken back; its key may be claimed anew."""
        with self._database.writing() as connection:
            _change(connection, key, {"status": Status.WITHDRAWN, "changed_at": now})

    def open_claims(self) -> list[Claim]:
        """What may or may not be in Slack, oldest first."""
        statement = (
            select(messages).where(messages.c.status == Status.CLAIMED).order_by(messages.c.claimed_at)
        )
        with self._database.reading() as connection:
            return [_claim(row, Standing.DOUBTFUL) for row in connection.execute(statement)]

    def rows(self, since: datetime | None = None) -> list[dict[str, Any]]:
        """What changed at or after ``since`` (None: all), oldest change first, for the copy in the warehouse.

        Without the labour months', whose keys name persons and fingerprints of their figures.
        Moments are those of the writers' clocks: let ``since`` overlap with what was read last.
        """
        statement = select(*(messages.c[name] for name in COPIED)).where(messages.c.kind != "labour")
        statement = statement.order_by(messages.c.changed_at)
        if since is not None:
            statement = statement.where(messages.c.changed_at >= since)
        with self._database.reading() as connection:
            # Plain names: SQLAlchemy's own are a kind of str that JSON writers refuse as keys.
            return [dict(zip(COPIED, row, strict=True)) for row in connection.execute(statement)]

    def copies(self, since: datetime) -> dict[str, list[dict[str, Any]]]:
        """What changed since then, by the warehouse's table that it is copied into; see `rows`."""
        return {
            "ledger_messages": self.rows(since),
            "alert_readings": self.readings.rows(since),
            "alert_feedback": self.opinions.counts(since),
        }

    def _inserted(self, connection: Connection, values: dict[str, Any]) -> bool:
        statement = inserting(self._database, messages).values(values).on_conflict_do_nothing()
        return connection.execute(statement).rowcount == 1

    def _all_said(self, column: Column[Any], values: Collection[str]) -> list[Claim]:
        statement = select(messages).where(messages.c.status == Status.POSTED)
        with self._database.reading() as connection:
            rows = matching(connection, statement, column, values)
            return [_claim(row, Standing.SAID) for row in rows]

    def _if_mine(self, claim: Claim, values: dict[str, Any]) -> bool:
        with self._database.writing() as connection:
            return _change(connection, claim.key, values, claimant=claim.claimant, status=Status.CLAIMED)


def _row(connection: Connection, key: str, *, lock: bool = False) -> Row[Any]:
    statement = select(messages).where(messages.c.key == key)
    return connection.execute(statement.with_for_update() if lock else statement).one()


def _change(connection: Connection, key: str, values: dict[str, Any], **where: str) -> bool:
    statement = update(messages).where(messages.c.key == key).values(values)
    for name, value in where.items():
        statement = statement.where(messages.c[name] == value)
    return connection.execute(statement).rowcount == 1


def _standing(row: Row[Any], now: datetime) -> Standing:
    if row.status == Status.POSTED:
        return Standing.SAID
    if row.status != Status.CLAIMED:
        return Standing.NEW
    return Standing.HELD if row.lease_until > now else Standing.DOUBTFUL


def _claim(row: Row[Any], standing: Standing) -> Claim:
    return Claim(
        key=row.key,
        standing=standing,
        channel=row.channel,
        thread_ts=row.thread_ts,
        ts=row.ts,
        content_hash=row.content_hash,
        claimant=row.claimant,
        since=row.claimed_at,
        until=row.lease_until,
        about=row.about,
    )
