"""Are the runbooks fit for tonight? Their files, their rules, their age, and the alerts that really fired."""

from datetime import datetime, timedelta

from toban.clients.runbook_alerts import read_past_alerts
from toban.clients.warehouse import Warehouse
from toban.domain.runbooks.nouns import PastAlert, Problem, RunbookShelf
from toban.domain.runbooks.review import review
from toban.errors import NoSnapshot

LOOKED_BACK = timedelta(days=90)


def check_runbooks(
    shelf: RunbookShelf, warehouse: Warehouse, now: datetime, stale_after_days: int
) -> list[Problem]:
    """What is wrong or deserves a look, errors first, then by file and line.

    Without a snapshot nothing is said about what fired.
    """
    found = review(shelf.runbooks, _past(warehouse, now), now.date(), stale_after_days)
    return sorted(
        [*shelf.problems, *found],
        key=lambda each: (each.level, each.file, each.line or 0, each.kind, each.text),
    )


def _past(warehouse: Warehouse, now: datetime) -> tuple[PastAlert, ...]:
    try:
        with warehouse.read() as snapshot:
            return read_past_alerts(snapshot, now - LOOKED_BACK)
    except NoSnapshot:
        return ()
