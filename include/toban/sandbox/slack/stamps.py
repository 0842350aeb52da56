"""Message timestamps: Slack's `1700000000.000100`, strictly increasing, unique in the whole workspace."""

import re
from collections.abc import Callable

MICRO = 1_000_000


class Stamps:
    """Hands out the present moment, or the microsecond after the last one where the clock has not moved."""

    def __init__(self, clock: Callable[[], float], last: str | None = None) -> None:
        self._clock = clock
        self._last = micros(last) if last else 0

    def next(self) -> str:
        """A ts later than every one before it."""
        self._last = max(int(self._clock() * MICRO), self._last + 1)
        return f"{self._last // MICRO}.{self._last % MICRO:06d}"


def micros(ts: str) -> int:
    """A ts (or plain seconds, as `oldest` and `latest` may be) in microseconds; 0 for anything else."""
    found = re.fullmatch(r"(\d+)(?:\.(\d{1,6})\d*)?", ts)
    return int(found[1]) * MICRO + int((found[2] or "0").ljust(6, "0")) if found else 0
