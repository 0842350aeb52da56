"""Waking the alert DAG: a run is made unless one is queued; many who ask at once are answered together."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from typing import Literal, Protocol

from starlette.concurrency import run_in_threadpool

Wake = Callable[[], bool]
"""True once a run that begins later exists for certain; False where none will: ask again later."""

AsyncWake = Callable[[], Awaitable[bool]]

Look = Literal["queued", "none", "unfit"]
PAUSE_S = (
    0.05  # between two calls: in a storm, more answers share one, and the API server has time for others
)
PATIENCE_S = 4.0  # PagerDuty waits 5 s for an answer
ATTEMPTS = 5  # ids tried within a second; a pass takes about one, so even the second is rarely needed


class Runs(Protocol):
    """The runs of the alert DAG, in whatever way Airflow is reached."""

    def look(self) -> Look:
        """Whether a run waits for its begin; "unfit" where the DAG is paused, broken or unknown."""

    def create(self, run_id: str) -> bool:
        """Queue a run; False where one of that id exists, in whatever state."""


def wake_through(runs: Runs, clock: Callable[[], float]) -> bool:
    """Make a run unless one is queued already.

    A running one does not count: it may have read PagerDuty before the event. Ids are of the second, so that
    several servers that wake at the same moment make one run; where that one has begun, the next id is tried.
    """
    second = int(clock())
    for attempt in range(ATTEMPTS):
        look = runs.look()
        if look != "none":
            return look == "queued"
        if runs.create(f"webhook__{second}_{attempt}"):
            return True
    return False


def gathered(wake: Wake, patience_s: float = PATIENCE_S) -> AsyncWake:
    """The same for an event loop, in a thread, and once for all who ask while another call is under way.

    Those wait for a call that begins after they asked, so its answer is true for each of them. A storm of
    webhooks thus costs one thread and one question to the database at a time. Who waits beyond `patience_s`
    hears False.
    """
    turn = asyncio.Lock()
    waiting: list[asyncio.Task[bool]] = []  # at most one: the next call

    ended_at = -math.inf

    async def call() -> bool:
        nonlocal ended_at
        async with turn:
            await asyncio.sleep(ended_at + PAUSE_S - time.monotonic())
            waiting.clear()  # whoever comes from now on waits for the call after this one
            try:
                return await run_in_threadpool(wake)
            finally:
                ended_at = time.monotonic()

    async def together() -> bool:
        if not waiting:
            waiting.append(asyncio.create_task(call()))
        try:
            return await asyncio.wait_for(asyncio.shield(waiting[0]), patience_s)
        except TimeoutError:
            return False

    return together
