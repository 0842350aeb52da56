"""Closed labour months: what was settled stays as it was; what is settled later is written beside it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from toban.clients.ledger.bulk import inserting, storable
from toban.clients.ledger.database import Database
from toban.clients.ledger.notes import Notes
from toban.clients.ledger.tables import closings
from toban.domain.labour.closing import Closing, Settlement
from toban.domain.labour.figures import TeamFigures
from toban.domain.labour.sheets.table import Table


class Closings:
    """Of one ledger; rows are added, never changed. Each method may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._notes = Notes(database)

    def propose(self, team_id: str, settlement: Settlement, *, now: datetime) -> None:
        """Remember what closing the month would settle, as it was shown for approval; the last one counts."""
        content = {
            "month": settlement.month,
            "figures": list(_plain(settlement.figures).items()),  # a note's keys lose their order
            **_report(settlement),
            "earlier": {month: _plain(figures) for month, figures in settlement.earlier.items()},
        }
        self._notes.write(_note(team_id, settlement.month), content, now=now)

    def proposed(self, team_id: str, month: str) -> Settlement | None:
        """What was proposed last; None where nothing was."""
        found = self._notes.read(_note(team_id, month))
        if found is None:
            return None
        tables, csv = _made(found["tables"]), _made(found["csv"])
        return Settlement(found["month"], dict(found["figures"]), tables, found["earlier"], *csv)

    def close(self, team_id: str, settlement: Settlement, by: str, *, now: datetime) -> bool:
        """Settle the month, and what changed in earlier ones; False where it was closed before."""
        shared = {
            "team_id": team_id,
            "settled_in": settlement.month,
            "closed_by": storable(by),
            "closed_at": now,
        }
        earlier = [
            shared | {"month": month, "figures": _packed(_plain(figures)), "report": None}
            for month, figures in sorted(settlement.earlier.items())
        ]
        own = {
            "month": settlement.month,
            "figures": _packed(_plain(settlement.figures)),
            "report": _packed(_report(settlement)),
        }
        insert = inserting(self._database, closings).on_conflict_do_nothing()
        with self._database.writing() as connection:
            if connection.execute(insert.values(shared | own)).rowcount != 1:
                return False
            if earlier:
                connection.execute(insert.values(earlier))
            return True

    def of(self, team_id: str, month: str) -> Closing | None:
        """How the month was closed; None while it is open."""
        rows = self._rows(closings.c.team_id == team_id, closings.c.month == month)
        return next((_closing(row) for row in rows if row.settled_in == month), None)

    def settled(self, team_id: str, month: str, *, before: str | None = None) -> TeamFigures | None:
        """What was settled last of that month, with it or with a later one; None while it is open.

        ``before``: only what was settled with a month before that one.
        """
        rows = self._rows(closings.c.team_id == team_id, closings.c.month == month)
        rows = [row for row in rows if before is None or row.settled_in < before]
        latest = max(rows, key=lambda row: row.settled_in, default=None)
        return None if latest is None else json.loads(latest.figures)

    def _rows(self, *conditions: Any) -> list[Row[Any]]:
        with self._database.reading() as connection:
            return list(connection.execute(select(closings).where(*conditions)).all())


def _note(team_id: str, month: str) -> str:
    return f"labour:{team_id}:{month}"


def _packed(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _report(settlement: Settlement) -> dict[str, Any]:
    csv = [settlement.csv] if settlement.csv else []
    return {"tables": _unmade(settlement.tables), "csv": _unmade(csv)}


def _plain(figures: TeamFigures) -> dict[str, dict[str, int | str]]:
    return {person: dict(own) for person, own in figures.items()}


def _unmade(tables: Iterable[Table]) -> list[Any]:
    return [[table.name, table.headings, table.rows] for table in tables]


def _made(tables: Iterable[Any]) -> tuple[Table, ...]:
    return tuple(
        Table(name, tuple(headings), tuple(tuple(cells) for cells in rows)) for name, headings, rows in tables
    )


def _closing(row: Row[Any]) -> Closing:
    report = json.loads(row.report)
    tables, csv = _made(report["tables"]), _made(report["csv"])
    return Closing(row.month, json.loads(row.figures), tables, row.closed_by, row.closed_at, *csv)
