"""How many of the last ones ended by themselves: among those like it, and in its service.

The same windows are kept while training runs through history and asked of the warehouse when an alert comes,
so that both see the same.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

WINDOW = 50  # outcomes: enough to tell nine of ten from seven, few enough to forget what has changed


@dataclass(frozen=True, slots=True)
class Share:
    """``ended`` of the last ``of`` ended by themselves, soon."""

    ended: int = 0
    of: int = 0


NONE = Share()
_FULL = (1 << WINDOW) - 1


@dataclass(frozen=True, slots=True)
class Shares:
    """What an alert is judged by; like it is what has its service and its template."""

    like: Share = NONE
    service: Share = NONE


class Counting:
    """The shares, kept up to date outcome by outcome."""

    def __init__(self) -> None:
        self._kept: defaultdict[Hashable, tuple[int, int]] = defaultdict(lambda: (0, 0))

    def shares(self, service: Hashable, template: Hashable) -> Shares:
        """As they are now."""
        return Shares(self._share((service, template)), self._share((service,)))

    def learn(self, service: Hashable, template: Hashable, ended: bool) -> None:
        """One more outcome; the oldest falls out of a window that is full."""
        for key in ((service, template), (service,)):
            bits, of = self._kept[key]
            self._kept[key] = ((bits << 1 | ended) & _FULL, min(of + 1, WINDOW))

    def _share(self, key: Hashable) -> Share:
        bits, of = self._kept.get(key, (0, 0))
        return Share(bits.bit_count(), of)
