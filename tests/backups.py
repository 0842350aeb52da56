"""A ledger with a row in each table and a small warehouse, to be backed up and restored."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, select

from toban.clients.ledger.backup import LedgerBackup
from toban.clients.ledger.tables import METADATA, Moment, presses
from toban.clients.warehouse import Warehouse
from toban.clients.warehouse.backup import WarehouseBackup
from warehouse_data import fill_a_little

NOW = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
HOSTILE = "<!channel> \u2028 \\ \" ' 当番 \n {x} %s 🔥"
SECRET_URL = "https://hooks.slack.example/secret-0123"


@dataclass(frozen=True)
class Place:
    """One installation's ledger and warehouse."""

    ledger_url: str
    directory: Path

    @property
    def ledger(self) -> LedgerBackup:
        return LedgerBackup(self.ledger_url)

    @property
    def warehouse(self) -> WarehouseBackup:
        return WarehouseBackup(self.directory)

    def parts(self) -> dict[str, Any]:
        """The arguments that backup and restore share."""
        return {"ledger": self.ledger, "warehouse": self.warehouse}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """What stands in the ledger, by table."""
        engine = create_engine(self.ledger_url)
        with engine.connect() as connection:
            found = {
                table.name: [dict(row._mapping) for row in connection.execute(select(table))]
                for table in METADATA.sorted_tables
            }
        engine.dispose()
        return {name: sorted(rows, key=str) for name, rows in found.items()}

    def incidents(self) -> int:
        """How many the published snapshot has."""
        with Warehouse(self.directory).read() as snapshot:
            return int(snapshot.rows("select count(*) as n from incidents")[0]["n"])


def fill(place: Place, *, rows: int = 3, incidents: int = 12) -> None:
    """Invent that many rows in each of the ledger's tables, and incidents in the warehouse."""
    place.ledger.migrate()
    engine = create_engine(place.ledger_url)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(insert(table), [_row(table, n) for n in range(rows)])
    engine.dispose()
    with Warehouse(place.directory).write() as writer:
        fill_a_little(writer, incidents)
        writer.rebuild_models()
        writer.publish()


def _row(table: Any, n: int) -> dict[str, Any]:
    return {column.name: _value(column, n) for column in table.columns}


def _value(column: Any, n: int) -> Any:
    if column.primary_key:
        return f"{column.name}-{n}"
    if column is presses.c.response_url:
        return SECRET_URL
    if isinstance(column.type, Moment):
        return NOW
    kind = column.type.python_type
    return f"{HOSTILE}{n}" if kind is str else kind(n % 2) if kind is bool else kind(n)


def without_secrets(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The same rows as they come back."""
    emptied = [row | {"response_url": None} for row in rows[presses.name]]
    return rows | {presses.name: sorted(emptied, key=str)}
