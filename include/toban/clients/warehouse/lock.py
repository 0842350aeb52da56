"""One writer at a time, over all processes: flock on a file of its own beside the live database.

The kernel frees the lock when its holder ends, however it ends, so it can never be left behind.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from toban.errors import WarehouseBusy

POLL_S = 0.05


@contextmanager
def writer_lock(path: Path, wait_s: float, purpose: str) -> Iterator[None]:
    """Hold the lock; raises WarehouseBusy, naming its holder, when it stays taken for ``wait_s`` seconds."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(handle, path, wait_s)
        _sign(handle, purpose)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait_s: float) -> None:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"The warehouse is being written by {_holder(path)} and was not free within {wait_s:g} s;"
                    " one process writes at a time: wait for it to end and try again."
                ) from None
            time.sleep(POLL_S)
        else:
            return


def _sign(handle: int, purpose: str) -> None:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"process {os.getpid()} ({purpose}, since {since})".encode(), 0)


def _holder(path: Path) -> str:
    return path.read_text(encoding="utf-8") or "another process"
