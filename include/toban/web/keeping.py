"""What is read slowly and changes seldom, such as a secret: read in a thread, and kept for a while."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")
KEPT_S = 15.0  # a new secret is in force after so long; a storm of requests reads it once


def kept(
    read: Callable[[], T], kept_s: float = KEPT_S, clock: Callable[[], float] = time.monotonic
) -> Callable[[], Awaitable[T]]:
    """The same for an event loop; an error is raised to whoever asked, and not kept."""
    last: list[tuple[float, T]] = []

    async def found() -> T:
        if not last or clock() - last[0][0] >= kept_s:
            now = clock()
            last[:] = [(now, await run_in_threadpool(read))]
        return last[0][1]

    return found
