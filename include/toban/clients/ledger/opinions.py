"""What people said about runbooks by the buttons under an alert, with the alert it was said of."""

from datetime import datetime

from sqlalchemy import Row, select

from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import presses, threads
from toban.domain.presses.nouns import Action, Outcome
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.memory import Confirmed
from toban.domain.triage.template import template

MOST = 5_000  # the newest; each is an alert that other alerts are compared with


class Opinions:
    """Of one ledger; may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about_runbooks(self, since: datetime) -> list[Confirmed]:
        """Each person's word since then that a runbook helped or was wrong, the newest first."""
        statement = (
            select(presses.c.action, presses.c.incident_id, threads)
            .join(threads, threads.c.incident_id == presses.c.incident_id)
            .where(
                presses.c.action.in_([Action.HELPED.value, Action.WRONG.value]),
                presses.c.outcome == Outcome.DONE.value,
                presses.c.done_at >= since,
                threads.c.runbook_id.is_not(None),
            )
            .order_by(presses.c.done_at.desc(), presses.c.key)
            .limit(MOST)
        )
        with self._database.reading() as connection:
            return [_confirmed(row) for row in connection.execute(statement)]


def _confirmed(row: Row[tuple[object, ...]]) -> Confirmed:
    alert = AlertText(row.title or "", row.body or "", tool=row.tool, severity=row.severity)
    origin = template(alert.title) or row.incident_id
    return Confirmed(alert, row.runbook_id, row.action == Action.HELPED.value, origin)
