"""Are the warehouse and the ledger there, fresh, and with room to grow?"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from toban.clients.ledger import Ledger
from toban.clients.warehouse import Warehouse
from toban.domain.findings import Finding, bad, good, look
from toban.errors import NoSnapshot

STALE = timedelta(minutes=30)  # six missed syncs
NEEDED_MB = 500  # the live file, three snapshots of each kind, and one being written


def examine_warehouse(warehouse: Warehouse, directory: Path, now: datetime) -> Iterator[Finding]:
    """Whether something is published, how old it is, and the room left."""
    try:
        with warehouse.read() as snapshot:
            yield _examine_age(snapshot.synced_until, now)
    except NoSnapshot as error:
        yield bad("warehouse", str(error), "Unpause toban_sync_incidents, or run toban sync.")
    yield from _examine_beside(warehouse)
    place = next(folder for folder in (directory, *directory.absolute().parents) if folder.exists())
    if not os.access(place, os.W_OK):
        yield bad(
            "warehouse", f"{place} cannot be written", "Give the user that Airflow runs as the right to."
        )
    free_mb = shutil.disk_usage(place).free // 2**20
    if free_mb < NEEDED_MB:
        yield bad("disk", f"{free_mb} MB free at {directory}", f"Keep at least {NEEDED_MB} MB free.")
    else:
        yield good("disk", f"{free_mb:,} MB free at {directory}")


def _examine_beside(warehouse: Warehouse) -> Iterator[Finding]:
    beside = warehouse.beside()
    for trouble in beside.model_troubles:
        yield look("own models", trouble, "Mend the file; the next sync builds it.")
    if beside.export_trouble:
        yield look("export", beside.export_trouble, "The next sync tries again.")


def _examine_age(synced_until: datetime | None, now: datetime) -> Finding:
    if synced_until is None:
        return look("warehouse", "published without a sync", "Run toban sync.")
    age = now - synced_until
    if age > STALE:
        remedy = "Look at the last runs of toban_sync_incidents."
        return look("warehouse", f"the last sync reached {synced_until:%Y-%m-%d %H:%M} UTC", remedy)
    return good("warehouse", f"synced {int(age.total_seconds() // 60)} min ago")


def examine_ledger(ledger: Ledger, now: datetime) -> Iterator[Finding]:
    """Whether it answers, and whether messages wait to be settled."""
    waiting = ledger.open_claims()
    if waiting:
        text = f"{len(waiting)} messages were begun and not confirmed"
        yield look("ledger", text, "The next run of the same DAG settles them; if not, read its log.")
    else:
        yield good("ledger", f"no message waits to be settled at {now:%H:%M} UTC")
