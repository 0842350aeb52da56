"""One message a second and channel: what Slack allows, kept here rather than learned by refusals."""

import threading
import time
from collections.abc import Callable

INTERVAL_S = 1.0  # docs.slack.dev/apis/web-api/rate-limits: chat.postMessage, one per second per channel


class Pace:
    """Shared by the threads of one process; other processes meet Slack's own limit."""

    def __init__(self, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def left_s(self, channel: str) -> float:
        """Seconds until the channel is free; 0 if it is."""
        with self._lock:
            now = self._clock()
            return max(self._free_at.get(channel, now) - now, 0.0)

    def wait(self, channel: str) -> None:
        """Return when it is this caller's turn to post in the channel."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(channel, now))
            self._free_at[channel] = turn + INTERVAL_S
        if turn > now:
            self._sleep(turn - now)
