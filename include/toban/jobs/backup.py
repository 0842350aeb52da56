"""Ledger and warehouse into one file: what was said stands nowhere else."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toban.clients.archive import Contents, Manifest, contents, write_archive
from toban.clients.ledger.backup import LedgerBackup
from toban.clients.warehouse.backup import WarehouseBackup, newest
from toban.errors import BackupError


@dataclass(frozen=True)
class BackupResult:
    """What a backup holds, in rows, and the bytes it takes."""

    ledger_rows: int
    warehouse_rows: int
    size: int


def backup(
    path: Path, *, ledger: LedgerBackup, warehouse: WarehouseBackup, version: str, now: datetime
) -> BackupResult:
    """Write it; raises BackupError where the path is taken, LedgerError, WarehouseError.

    Each of the two is as it was at one moment. Secrets are not in it: they stand in Airflow's connections.
    """
    if path.exists():
        raise BackupError(f"{path} is there already, and a backup replaces none; name another file.")
    if not path.parent.is_dir():
        raise BackupError(f"{path.parent} is no folder; create it, or name another file.")
    with tempfile.TemporaryDirectory(prefix=".toban-backup-", dir=path.parent) as name:
        folder = Path(name)
        said = _ledger(ledger, folder)
        known = _warehouse(warehouse, folder)
        manifest = Manifest(
            toban=version,
            made_at=now,
            ledger=ledger.migrate(),
            warehouse=newest(),
            files=(*said, *known),
        )
        write_archive(path, folder, manifest)
    return BackupResult(_rows(said), _rows(known), path.stat().st_size)


def _ledger(ledger: LedgerBackup, folder: Path) -> list[Contents]:
    ledger.migrate()
    return [contents(file, {file.stem: rows}) for file, rows in ledger.export(folder).items()]


def _warehouse(warehouse: WarehouseBackup, folder: Path) -> list[Contents]:
    """Nothing before the first sync."""
    if not warehouse.exists:
        return []
    file, rows = warehouse.export(folder)
    return [contents(file, rows)]


def _rows(files: list[Contents]) -> int:
    return sum(sum(each.rows.values()) for each in files)
