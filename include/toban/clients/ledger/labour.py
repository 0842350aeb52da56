"""What people said of on-call as work: corrections, answers to a month, and months that are closed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from toban.clients.ledger.bulk import inserting, storable, write_many
from toban.clients.ledger.closings import Closings
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import answers, corrections
from toban.domain.labour.answers import Answer, Word
from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.spans import Span

ORDER = (corrections.c.said_at, corrections.c.recorded_at, corrections.c.key)


class Labour:
    """Of one ledger; rows are added, never changed. Each method may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.closings = Closings(database)

    def corrections(self, team_id: str) -> list[Correction]:
        """All of a team, in the order in which they were said, then kept."""
        statement = select(corrections).where(corrections.c.team_id == team_id)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(*ORDER)).all()
        return [_correction(row) for row in rows]

    def correct(self, team_id: str, given: Iterable[Correction], *, now: datetime) -> int:
        """Keep them all, or none; gives how many were not known yet."""
        rows = {row["key"]: row for one in given for row in [_row(team_id, one, now)]}
        known = {_row(team_id, one, now)["key"] for one in self.corrections(team_id)}
        insert = inserting(self._database, corrections).on_conflict_do_nothing()
        with self._database.writing() as connection:
            write_many(connection, insert, corrections.c.key, rows)
        return len(rows.keys() - known)

    def answers(self, team_id: str, month: str) -> list[Answer]:
        """To that month, oldest first."""
        statement = select(answers).where(answers.c.team_id == team_id, answers.c.month == month)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(answers.c.said_at, answers.c.key)).all()
        return [_answer(row) for row in rows]

    def answer(self, given: Answer) -> None:
        """Keep it, once."""
        values = {
            "key": given.key,
            "team_id": given.team_id,
            "month": given.month,
            "person_id": given.person_id,
            "word": given.word.value,
            "said_by": storable(given.by),
            "said_at": given.at,
            "figures": given.figures,
            "why": storable(given.why),
        }
        insert = inserting(self._database, answers).values(values).on_conflict_do_nothing()
        with self._database.writing() as connection:
            connection.execute(insert)


def _row(team_id: str, one: Correction, now: datetime) -> dict[str, Any]:
    said: Mapping[str, Any] = {
        "team_id": team_id,
        "call_out": one.call_out,
        "verdict": one.verdict.value,
        "said_by": storable(one.by),
        "said_at": one.at,
        "why": storable(one.why),
        "start_at": one.span.start if one.span else None,
        "end_at": one.span.end if one.span else None,
    }
    text = json.dumps(list(said.values()), default=datetime.isoformat)
    return {"key": hashlib.sha256(text.encode()).hexdigest()[:32], **said, "recorded_at": now}


def _correction(row: Row[Any]) -> Correction:
    span = Span(row.start_at, row.end_at) if row.start_at else None
    return Correction(row.call_out, Verdict(row.verdict), row.said_by, row.said_at, row.why, span)


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        row.team_id,
        row.month,
        Word(row.word),
        row.said_by,
        row.said_at,
        row.figures,
        row.person_id,
        row.why,
    )
