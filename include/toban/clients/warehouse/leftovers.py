"""Which snapshots lie there, and which files nobody needs any more."""

import shutil
from pathlib import Path

from toban.clients.warehouse.layout import Layout, Pointer, number_of
from toban.errors import NoSnapshot

# A reader that has read the pointer, but not opened the file yet, still finds it for two publications.
KEPT = 3
DRAFT = ".publishing_"


def clean(layout: Layout) -> None:
    """Remove drafts and snapshots nobody points to, and those older than the two before the current one."""
    layout.merge_draft.unlink(missing_ok=True)
    if layout.restoring.exists():  # by a restore that was killed: nobody else has the writer's turn
        shutil.rmtree(layout.restoring)
    current = current_pointer(layout)
    newest = current.number if current else _newest_pair(layout)
    for file in _files(layout):
        number = number_of(file)
        if file.name.startswith(DRAFT) or (number and not newest - KEPT < number <= newest):
            _remove(file)


def _files(layout: Layout) -> list[Path]:
    return [file for restricted in (False, True) for file in _folder(layout, restricted).iterdir()]


def _folder(layout: Layout, restricted: bool) -> Path:
    return layout.snapshot(restricted, 0).parent


def _newest_pair(layout: Layout) -> int:
    """One without the other is of a publication that failed."""
    general, restricted = (set(map(number_of, _folder(layout, one).iterdir())) for one in (False, True))
    return max(general & restricted, default=0)


def newest_number(layout: Layout) -> int:
    """The highest number a snapshot has, whether somebody points to it or not; 0 without any."""
    current = current_pointer(layout)
    return max([current.number if current else 0, *map(number_of, _files(layout))])


def _remove(file: Path) -> None:
    if file.is_dir():  # what a killed reader spilled to disk
        shutil.rmtree(file)
    else:
        file.unlink()


def current_pointer(layout: Layout) -> Pointer | None:
    """What is published; None before the first time, and where the pointer is damaged."""
    try:
        return layout.pointer()
    except NoSnapshot:
        return None
