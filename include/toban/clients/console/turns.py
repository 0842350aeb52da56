"""Turns: few queries run at once, some more wait, and the rest are told that it is full."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from toban.errors import ConsoleFull


class Turns:
    """``at_once`` run, ``waiting`` more wait, ``patience_s`` seconds at most; ``each`` of them per person."""

    def __init__(self, *, at_once: int, waiting: int, each: int, patience_s: float) -> None:
        self._room, self._each, self._patience_s = at_once + waiting, each, patience_s
        self._running = BoundedSemaphore(at_once)
        self._inside: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def take(self, who: str) -> Iterator[None]:
        """Wait for a turn of that person's; raises ConsoleFull."""
        self._enter(who)
        try:
            if not self._running.acquire(timeout=self._patience_s):
                raise ConsoleFull(
                    f"No turn came within {self._patience_s:.0f} s: other queries take long. Try again."
                )
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._leave(who)

    def _enter(self, who: str) -> None:
        with self._lock:
            if self._inside[who] >= self._each:
                raise ConsoleFull(
                    f"{self._each} of your queries are running or waiting; wait for one of them."
                )
            if self._inside.total() >= self._room:
                raise ConsoleFull(f"{self._room} queries are running or waiting, and no more may. Try again.")
            self._inside[who] += 1

    def _leave(self, who: str) -> None:
        with self._lock:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]
