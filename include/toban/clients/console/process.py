"""One child: started clean, read within its limits, and killed at the deadline with all it started."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, Any

from toban.domain.console.nouns import Limits
from toban.errors import QueryStopped

PROGRAM = ("-m", "toban.clients.console.child")
CHUNK = 65_536
# Beyond the rows: the columns' names, and the brackets around the rows.
OVERHEAD = 1_000_000
# What is left of the environment: no secret, no proxy, no setting of Python's or DuckDB's.
CLEAN = {
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "MALLOC_ARENA_MAX": "2",  # each of glibc's arenas takes 64 MB of the address space
    "PYTHONDONTWRITEBYTECODE": "1",
}


def ask_child(request: Mapping[str, Any], limits: Limits, deadline_s: float) -> bytes:
    """What the child wrote; raises QueryStopped at the deadline, or when it wrote more than it may.

    ``deadline_s`` seconds from now.
    """
    until = time.monotonic() + deadline_s
    told = {**request, "rows": limits.rows, "size": limits.size, "deadline_s": deadline_s}
    with _child(told) as output:
        return _read(output, limits.size + OVERHEAD, until, deadline_s)


@contextmanager
def _child(request: Mapping[str, Any]) -> Iterator[IO[bytes]]:
    with TemporaryFile() as question:
        question.write(json.dumps(request).encode())
        question.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program; the statement is in its input
            [sys.executable, "-P", "-s", *PROGRAM],
            stdin=question,
            stdout=subprocess.PIPE,
            env=CLEAN | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            cwd="/",
            start_new_session=True,
        )
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    try:
        yield process.stdout
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait()


def _read(output: IO[bytes], most: int, until: float, deadline_s: float) -> bytes:
    parts: list[bytes] = []
    while True:
        if not select.select([output], [], [], max(0, until - time.monotonic()))[0]:
            raise QueryStopped(
                f"The query was stopped after {deadline_s:.1f} s; ask for less, or of a shorter period.",
                code="time",
            )
        part = os.read(output.fileno(), CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        most -= len(part)
        if most < 0:
            raise QueryStopped("The result is larger than may be shown; select fewer columns.", code="size")
