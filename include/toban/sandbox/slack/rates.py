"""Slack's rate limits: tiers per method and about one message a second in a channel, as token buckets."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

# Calls a minute, per method: https://docs.slack.dev/apis/web-api/rate-limits
TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
MESSAGES_PER_S = 1.0
MESSAGE_BURST = 3  # "short bursts" are tolerated; how short is not said
GENEROUS = 100  # tests shall meet a limit only when they ask for it
MODES = ("off", "generous", "realistic")


@dataclass
class Bucket:
    """Holds up to `size` calls and refills at `per_s`."""

    size: float
    per_s: float
    at: float
    left: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.size

    def wait_s(self, now: float) -> float:
        """Takes one call out and gives 0, or gives the seconds until there is one."""
        self.left = min(self.size, self.left + (now - self.at) * self.per_s)
        self.at = now
        if self.left < 1:
            return (1 - self.left) / self.per_s
        self.left -= 1
        return 0.0


class Rates:
    """The buckets of one app; `mode` is off, generous (a hundredfold) or realistic."""

    def __init__(self, mode: str = "generous", clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.switch(mode)

    def switch(self, mode: str) -> None:
        """Choose a mode and begin with full buckets."""
        if mode not in MODES:
            raise ValueError(f"{mode!r} is no mode of rate limits; choose one of {', '.join(MODES)}")
        self.mode = mode
        self._buckets: dict[str, Bucket] = {}

    def retry_after_s(self, method: str, per_minute: int | None, channel: str | None) -> int:
        """0 if the call may pass, else the whole seconds for Retry-After."""
        if self.mode == "off":
            return 0
        waits = [self._wait(method, per_minute, per_minute / 60)] if per_minute else []
        if channel:
            waits.append(self._wait(f"{method} {channel}", MESSAGE_BURST, MESSAGES_PER_S))
        return math.ceil(max(waits, default=0.0))

    def _wait(self, key: str, size: float, per_s: float) -> float:
        factor = GENEROUS if self.mode == "generous" else 1
        now = self._clock()
        bucket = self._buckets.setdefault(key, Bucket(size * factor, per_s * factor, now))
        return bucket.wait_s(now)
