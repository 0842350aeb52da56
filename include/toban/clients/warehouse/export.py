"""The general snapshot and one Parquet file per table or view of the contract, for tools elsewhere.

Each file is written under another name and renamed once all are there: whoever reads sees an old file or a
new one, never half of one.
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
from toban.clients.warehouse.layout import Layout
from toban.clients.warehouse.texts import literal, one_line

log = logging.getLogger(__name__)

DRAFT = ".toban_writing_"
SNAPSHOT = "toban.duckdb"


def exported(before: Beside, layout: Layout, number: int, folder: Path | None) -> Beside:
    """Export that snapshot where that was not done yet; what is to be remembered of it."""
    if folder is None:
        return replace(before, export_trouble=None, exported=0, exported_to=None)
    if (before.exported, before.exported_to) == (number, str(folder)):
        return before
    trouble = export(layout.snapshot(False, number), folder)
    if trouble:
        log.warning("%s", trouble)
        return replace(before, export_trouble=trouble)
    log.info("exported snapshot %d to %s", number, folder)
    return replace(before, export_trouble=None, exported=number, exported_to=str(folder))


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
