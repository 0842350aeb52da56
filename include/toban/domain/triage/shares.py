"""How many of the last ones ended by themselves: among those like it, in its service, and of all.

The same windows are kept while training runs through history and asked of the warehouse when an alert comes,
so that both see the same.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

WINDOW = 50  # of those like it, and of its service
WIDE_WINDOW = 1_000  # of all


@dataclass(frozen=True, slots=True)
class Share:
    """``ended`` of the last ``of`` ended by themselves, soon."""

    ended: int = 0
    of: int = 0


NONE = Share()


@dataclass(frozen=True, slots=True)
class Shares:
    """What an alert is judged by; like it is what has its service and its template."""

    like: Share = NONE
    service: Share = NONE
    everything: Share = NONE


class Counting:
    """The shares, kept up to date outcome by outcome."""

    def __init__(self) -> None:
        self._kept: defaultdict[Hashable, tuple[int, int]] = defaultdict(lambda: (0, 0))

    def shares(self, service: Hashable, template: Hashable) -> Shares:
        """As they are now."""
        return Shares(self._share((service, template)), self._share((service,)), self._share(()))

    def learn(self, service: Hashable, template: Hashable, ended: bool) -> None:
        """One more outcome; the oldest falls out of a window that is full."""
        for key, window in (((service, template), WINDOW), ((service,), WINDOW), ((), WIDE_WINDOW)):
            bits, of = self._kept[key]
            self._kept[key] = ((bits << 1 | ended) & ((1 << window) - 1), min(of + 1, window))

    def _share(self, key: Hashable) -> Share:
        bits, of = self._kept.get(key, (0, 0))
        return Share(bits.bit_count(), of)
