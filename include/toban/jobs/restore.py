"""A backup in the place of ledger and warehouse, all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toban.clients.archive import Manifest, read_archive
from toban.clients.ledger.backup import LedgerBackup, file_names
from toban.clients.warehouse import backup as stored
from toban.clients.warehouse.backup import Replacement, WarehouseBackup
from toban.errors import BackupError


@dataclass(frozen=True)
class RestoreResult:
    """When the backup was made, the ledger's rows now, and the number of the snapshot published (if any)."""

    made_at: datetime
    ledger_rows: int
    snapshot: int | None


def restore(path: Path, *, ledger: LedgerBackup, warehouse: WarehouseBackup, force: bool) -> RestoreResult:
    """Check the whole backup, then replace what there is; raises BackupError, LedgerError, WarehouseError.

    Killed at any moment it leaves the ledger the old or the new, and the warehouse the old or the new. Only a
    kill between the two leaves a new ledger with an old warehouse; running it again makes both new.
    """
    newest_known = ledger.migrate()
    if not force and (warehouse.exists or ledger.holds_rows()):
        raise BackupError(
            "There is a ledger with rows, or a warehouse, and a restore would replace both; make a backup of"
            " them first, and restore with --force."
        )
    with warehouse.replacing() as replacement:
        manifest = read_archive(path, replacement.folder)
        _require_known(manifest, newest_known)
        holds_warehouse = _check(manifest, replacement)
        rows = ledger.replace(replacement.folder)
        snapshot = replacement.install() if holds_warehouse else None
    return RestoreResult(manifest.made_at, rows, snapshot)


def _require_known(manifest: Manifest, newest_known: int) -> None:
    if manifest.ledger > newest_known or manifest.warehouse > stored.newest():
        raise BackupError(
            f"The backup was made by Toban {manifest.toban}, whose tables this version does not know; nothing"
            " was changed: install that version, or a newer one."
        )
    strange = {each.name for each in manifest.files} - file_names() - {stored.FILE}
    if strange:
        raise BackupError(f"The backup holds {min(strange)}, which is none of Toban's; nothing was changed.")


def _check(manifest: Manifest, replacement: Replacement) -> bool:
    """Whether there is a warehouse in it, which must be whole."""
    for each in manifest.files:
        if each.name == stored.FILE:
            replacement.check(each.rows)
            return True
    return False
