"""The general snapshot and one Parquet file per table or view of the contract, for tools elsewhere.

Each file is written under another name and renamed once all are there: whoever reads sees an old file or a
new one, never half of one. The place is a folder (a path) or object storage (an address).
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb

from toban.clients.warehouse import contract
from toban.clients.warehouse.beside import Beside
from toban.clients.warehouse.connections import open_to_export
from toban.clients.warehouse.layout import OWNER_ONLY, Layout
from toban.clients.warehouse.stores import OpenStore
from toban.clients.warehouse.texts import literal, one_line

log = logging.getLogger(__name__)

DRAFT = ".toban_writing_"
SNAPSHOT = "toban.duckdb"


def exported(
    before: Beside, layout: Layout, number: int, place: Path | str | None, open_store: OpenStore
) -> Beside:
    """Export that snapshot where that was not done yet; what is to be remembered of it."""
    if place is None:
        return replace(before, export_trouble=None, exported=0, exported_to=None)
    if (before.exported, before.exported_to) == (number, str(place)):
        return before
    snapshot = layout.snapshot(False, number)
    if isinstance(place, Path):
        trouble = export(snapshot, place)
    else:
        trouble = export_to_store(snapshot, place, layout.exporting, open_store)
    if trouble:
        if trouble != before.export_trouble:  # the next syncs try again, and need not say it again
            log.warning("%s", trouble)
        return replace(before, export_trouble=trouble)
    log.info("exported snapshot %d to %s", number, place)
    return replace(before, export_trouble=None, exported=number, exported_to=str(place))


def export(snapshot: Path, folder: Path) -> str | None:
    """Write them; why that was not possible, as a sentence, or None when it was."""
    try:
        for draft in list(_drafts(snapshot, folder)):
            draft.replace(folder / draft.name.removeprefix(DRAFT))
    except (OSError, duckdb.Error) as error:
        return (
            f"Snapshots are not exported to {folder}: {one_line(error)}; see that the folder is there, that"
            " Toban's user may write to it, and that its disk has room."
        )
    finally:
        for left in folder.glob(f"{DRAFT}*"):  # also of an export that was killed
            with suppress(OSError):
                left.unlink()
    return None


def export_to_store(snapshot: Path, address: str, scratch: Path, open_store: OpenStore) -> str | None:
    """The same to object storage; the files are made in the folder ``scratch``, which is gone afterwards."""
    shutil.rmtree(scratch, ignore_errors=True)  # of an export that was killed
    try:
        scratch.mkdir(mode=OWNER_ONLY)
        open_store(address).replace(list(_drafts(snapshot, scratch)), DRAFT)
    except Exception as error:  # noqa: BLE001 - each store's library has errors of its own
        return (
            f"Snapshots are not exported to {address}: {one_line(error) or type(error).__name__}; see that"
            " the address is right, that the library for such stores is installed, and that the connection"
            " or the environment may write there."
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return None


def _drafts(snapshot: Path, folder: Path) -> Iterator[Path]:
    copy = folder / f"{DRAFT}{SNAPSHOT}"
    shutil.copyfile(snapshot, copy)
    yield _on_disk(copy)
    with open_to_export(snapshot) as connection:
        for name in contract.GENERAL:
            file = folder / f"{DRAFT}{name}.parquet"
            says = f"kv_metadata {{toban_contract_version: {literal(str(contract.VERSION))}}}"
            connection.execute(f"copy {name} to {literal(str(file))} (format parquet, {says})")
            yield _on_disk(file)


def _on_disk(file: Path) -> Path:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return file
