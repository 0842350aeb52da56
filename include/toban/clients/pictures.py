"""Drawn SVG documents as PNG, each by a process of its own.

To draw a table of fifty rows takes a second, in which vl-convert lets no other thread of the process run; the
pages live in Airflow's API server, which has others to serve.
"""

import os
import subprocess
import sys
from threading import BoundedSemaphore

from toban.errors import PictureFailed

PROGRAM = ("-m", "toban.clients.picture_child")
AT_ONCE, WAITING = BoundedSemaphore(2), BoundedSemaphore(10)  # each who waits holds a thread of the server
DEADLINE_S = 30.0  # also of the waiting for a place
BUSY = "Other pictures are being drawn; ask again in a minute."


def picture(drawing: str) -> bytes:
    """The document as a PNG, twice its size; raises PictureFailed, at once where many wait already."""
    if not WAITING.acquire(blocking=False):
        raise PictureFailed(BUSY)
    try:
        return _drawn(drawing)
    finally:
        WAITING.release()


def _drawn(drawing: str) -> bytes:
    if not AT_ONCE.acquire(timeout=DEADLINE_S):
        raise PictureFailed(BUSY)
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the document is in its input
            [sys.executable, "-P", "-s", *PROGRAM],
            input=drawing.encode(),
            capture_output=True,
            timeout=DEADLINE_S,
            check=True,
            cwd="/",
            env={"LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        raise PictureFailed(f"A picture was not drawn within {DEADLINE_S:.0f} s; ask for less.") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PictureFailed(f"A picture could not be drawn: {' '.join(said)}") from error
    finally:
        AT_ONCE.release()
    return done.stdout
