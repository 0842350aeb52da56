"""What threads were told of verdicts and runbooks, and its copy for the warehouse."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from toban.clients.ledger.bulk import inserting
from toban.clients.ledger.database import Database
from toban.clients.ledger.tables import readings
from toban.domain.triage.reading import Reading

COLUMNS = tuple(str(column.name) for column in readings.c)


class Readings:
    """Of one ledger; may raise LedgerError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, told: Reading) -> None:
        """Write it down; what was written of this incident before is replaced: it was not heard."""
        values = asdict(told)
        insert = inserting(self._database, readings).values(values)
        upsert = insert.on_conflict_do_update(index_elements=["incident_id"], set_=values)
        with self._database.writing() as connection:
            connection.execute(upsert)

    def rows(self, since: datetime) -> list[dict[str, Any]]:
        """Those told since then, by the names that the warehouse uses."""
        statement = select(readings).where(readings.c.said_at >= since).order_by(readings.c.said_at)
        with self._database.reading() as connection:
            return [dict(zip(COLUMNS, row, strict=True)) for row in connection.execute(statement)]
