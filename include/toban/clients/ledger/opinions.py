"""What people said about runbooks by the buttons under an alert, with the alert it was said of."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, true

from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import presses, threads
from toban.domain.presses.nouns import Action, Outcome
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.memory import Confirmed
from toban.domain.triage.template import template

FEEDBACK = tuple(action.value for action in Action if action.is_feedback)
COUNTED = ("incident_id", "answer", "people", "first_said_at", "last_said_at")  # as the warehouse names it
MOST = 5_000  # the newest; each is an alert that other alerts are compared with


class Opinions:
    """Of one ledger; may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about_runbooks(self, since: datetime, team_id: str | None = None) -> list[Confirmed]:
        """Each person's word since then that a runbook helped or was wrong, the newest first.

        ``team_id`` is of toban.toml: in that team's threads alone.
        """
        of_team = true() if team_id is None else threads.c.team_id == team_id
        statement = (
            select(presses.c.action, presses.c.incident_id, threads)
            .join(threads, threads.c.incident_id == presses.c.incident_id)
            .where(
                presses.c.action.in_([Action.HELPED.value, Action.WRONG.value]),
                presses.c.outcome == Outcome.DONE.value,
                presses.c.done_at >= since,
                threads.c.runbook_id.is_not(None),
                of_team,
            )
            .order_by(presses.c.done_at.desc(), presses.c.key)
            .limit(MOST)
        )
        with self._database.reading() as connection:
            return [_confirmed(row) for row in connection.execute(statement)]

    def counts(self, since: datetime) -> list[dict[str, Any]]:
        """How many people gave which answer to an incident, where somebody has since then; no names."""
        answer, done = presses.c.action.label("answer"), presses.c.done_at
        statement = (
            select(
                presses.c.incident_id,
                answer,
                func.count().label("people"),
                func.min(done).label("first_said_at"),
                func.max(done).label("last_said_at"),
            )
            .where(presses.c.action.in_(FEEDBACK), presses.c.outcome == Outcome.DONE.value)
            .group_by(presses.c.incident_id, presses.c.action)
            .having(func.max(done) >= since)
            .order_by(presses.c.incident_id, presses.c.action)
        )
        with self._database.reading() as connection:
            return [dict(zip(COUNTED, row, strict=True)) for row in connection.execute(statement)]


def _confirmed(row: Row[tuple[object, ...]]) -> Confirmed:
    alert = AlertText(
        row.title or "",
        row.body or "",
        service_id=row.service_id,
        service_name=row.service,
        tool=row.tool,
        severity=row.severity,
    )
    origin = template(alert.title) or row.incident_id
    return Confirmed(alert, row.runbook_id, row.action == Action.HELPED.value, origin)
