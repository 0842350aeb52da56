"""PagerDuty's rate limit: so many requests a minute for each key."""

import time
from collections.abc import Callable
from typing import NamedTuple

PER_MINUTE = 960  # an account's key, as documented
WINDOW_S = 60


class Allowance(NamedTuple):
    """What the headers say; `refused`: this request was one too many."""

    limit: int
    remaining: int
    reset_s: int
    refused: bool

    def headers(self) -> list[tuple[bytes, bytes]]:
        values = {"limit": self.limit, "remaining": self.remaining, "reset": self.reset_s}
        return [(f"ratelimit-{name}".encode(), str(value).encode()) for name, value in values.items()]


class RateLimit:
    """Counts requests per key in windows of a minute; a limit of None counts nothing."""

    def __init__(self, limit: int | None = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}

    def take(self, key: str) -> Allowance | None:
        """Counts one request; None where there is no limit."""
        if self.limit is None:
            return None
        now = self._clock()
        began, used = self._windows.get(key, (now, 0))
        if now - began >= WINDOW_S:
            began, used = now, 0
        self._windows[key] = (began, used + 1)
        reset_s = max(1, round(WINDOW_S - (now - began)))
        return Allowance(self.limit, max(0, self.limit - used - 1), reset_s, used >= self.limit)
