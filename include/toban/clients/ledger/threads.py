"""What Toban holds of each incident: its thread, who is asked in it, and what the first alert said."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, update

from toban.clients.ledger.bulk import inserting, matching, storable, write_many
from toban.clients.ledger.database import Database
from toban.clients.ledger.lines import insert_lines
from toban.clients.ledger.tables import threads
from toban.domain.alerts.nouns import Alert, Form, Line, Round, Status, Thread

# Only `silence` and `wait` write them: somebody may do so while a pass is about to save what it read before.
KEPT = {"incident_id", "silenced_round", "mention_at"}


class Threads:
    """Of one ledger; each method is one short transaction and may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> dict[str, Thread]:
        """By incident id, in the order of PagerDuty's numbers: those in which something may still be said."""
        found = self._found(select(threads).where(threads.c.closed_at.is_(None)).order_by(threads.c.number))
        return {thread.incident_id: thread for thread in found}

    def of(self, incident_ids: Collection[str]) -> dict[str, Thread]:
        """The threads of these incidents, closed ones too; an incident without one is left out."""
        with self._database.reading() as connection:
            rows = matching(connection, select(threads), threads.c.incident_id, incident_ids)
            return {row.incident_id: _thread(row) for row in rows}

    def group(self, root: str) -> list[Thread]:
        """Everything headed by that message, by part and then by number."""
        ordered = select(threads).where(threads.c.root == root).order_by(threads.c.part, threads.c.number)
        return self._found(ordered)

    def latest_storms(self, since: datetime) -> dict[tuple[str | None, str], str]:
        """(team id, channel) -> root of its newest storm, if an incident joined that since then."""
        # What was seen since then was not closed before: this bound has an index.
        not_before = or_(threads.c.closed_at.is_(None), threads.c.closed_at >= since)
        places = (threads.c.team_id, threads.c.channel, threads.c.root)
        oldest_first = (
            select(*places)
            .where(threads.c.form == Form.STORM, threads.c.seen_at >= since, not_before)
            .group_by(*places)
            .order_by(func.max(threads.c.seen_at), threads.c.root)
        )
        with self._database.reading() as connection:
            return {(row.team_id, row.channel): row.root for row in connection.execute(oldest_first)}

    def save(self, changed: Collection[Thread], lines: Collection[Line] = (), *, now: datetime) -> None:
        """Write all threads and those lines that are not known yet, or nothing at all.

        `Thread.silenced_round` and `Thread.mention_at` count for a new thread only.
        """
        rows = {each.incident_id: _values(each, now) for each in changed}
        insert = inserting(self._database, threads)
        fresh = {each.name: insert.excluded[each.name] for each in threads.c if each.name not in KEPT}
        upsert = insert.on_conflict_do_update(index_elements=["incident_id"], set_=fresh)
        with self._database.writing() as connection:
            write_many(connection, upsert, threads.c.incident_id, rows)
            insert_lines(self._database, connection, lines, now)

    def silence(self, incident_id: str, round_number: int, *, now: datetime) -> None:
        """No more reminders in that round; an incident without a thread has none."""
        silenced = {"silenced_round": round_number, "changed_at": now}
        with self._database.writing() as connection:
            connection.execute(update(threads).where(threads.c.incident_id == incident_id).values(silenced))

    def wait(self, incident_id: str, until: datetime, *, now: datetime) -> None:
        """The first mention is due then, not before."""
        waiting = {"mention_at": until, "changed_at": now}
        with self._database.writing() as connection:
            connection.execute(update(threads).where(threads.c.incident_id == incident_id).values(waiting))

    def _found(self, statement: Select[Any]) -> list[Thread]:
        with self._database.reading() as connection:
            return [_thread(row) for row in connection.execute(statement)]


def _values(thread: Thread, now: datetime) -> dict[str, Any]:
    asked, alert = thread.round, thread.alert
    return {
        "incident_id": thread.incident_id,
        "team_id": thread.team_id,
        "channel": thread.channel,
        "root": thread.root,
        "form": thread.form,
        "part": thread.part,
        "title": storable(thread.title),
        "number": thread.number,
        "status": thread.status,
        "round": asked.number,
        "round_at": asked.at,
        "round_seen_at": asked.seen_at,
        "round_level": asked.level,
        "asked": json.dumps(asked.asked),
        "silenced_round": thread.silenced_round,
        "tool": storable(alert.tool),
        "severity": storable(alert.severity),
        "body": storable(alert.body),
        "runbook_id": thread.runbook_id,
        "seen_at": thread.seen_at,
        "touched_at": thread.touched_at,
        "closed_at": thread.closed_at,
        "changed_at": now,
        "service_id": thread.service_id,
        "service": storable(thread.service),
        "mention_at": thread.mention_at,
    }


def _thread(row: Row[Any]) -> Thread:
    return Thread(
        incident_id=row.incident_id,
        team_id=row.team_id,
        channel=row.channel,
        root=row.root,
        form=Form(row.form),
        part=row.part,
        title=row.title,
        number=row.number,
        status=Status(row.status),
        round=Round(
            row.round, row.round_at, row.round_seen_at, tuple(json.loads(row.asked)), row.round_level
        ),
        seen_at=row.seen_at,
        touched_at=row.touched_at,
        alert=Alert(row.tool, row.severity, row.body),
        runbook_id=row.runbook_id,
        silenced_round=row.silenced_round,
        closed_at=row.closed_at,
        service_id=row.service_id,
        service=row.service,
        mention_at=row.mention_at,
    )
