"""The nouns of the question whether a feature helped."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import Enum

SOON_S = 300  # "within five more minutes": the share that is compared beside the median


class End(Enum):
    """What ended the wait, or the look at it."""

    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"  # without any acknowledgement
    OPEN = "open"  # still waiting when the data ends


@dataclass(frozen=True)
class Wait:
    """One incident that was still unacknowledged at minute k, and how long it waited further.

    Compared is within a ``stratum`` (service and kind of hours); incidents of one ``occasion`` (the hour
    they began in) are no independent witnesses, as a storm is answered by one person at one moment.
    """

    stratum: Hashable
    occasion: Hashable
    further_s: float
    end: End = End.ACKNOWLEDGED


@dataclass(frozen=True)
class Interval:
    """Where the truth lies 95 times in 100; both ends included."""

    low: float
    high: float

    @property
    def sign(self) -> int:
        """-1 or 1 where the whole interval lies on one side of zero, else 0."""
        return (self.low > 0) - (self.high < 0)


@dataclass(frozen=True)
class Side:
    """What was compared on one side of the day.

    ``n`` incidents have a like on the other side, ``unmatched`` ones do not and are left out. ``median_s`` is
    None where fewer than half were acknowledged while they were watched; ``soon`` is the share acknowledged
    within `SOON_S`. Both are weighted, and None without incidents.
    """

    n: int
    acknowledged: int
    resolved: int
    open: int
    unmatched: int
    median_s: float | None = None
    soon: float | None = None


class Verdict(Enum):
    """What may be said about before and since."""

    FASTER = "faster"
    SLOWER = "slower"
    UNCLEAR = "unclear"  # the interval holds zero
    TOO_FEW = "too few"  # too few incidents on a side
    TOO_ALIKE = "too alike"  # enough incidents, but of too few occasions, or a few that weigh too much


@dataclass(frozen=True)
class Effect:
    """The comparison at ``minute``, of incidents before the day ``since`` with those from then on.

    Differences are since minus before, None without a verdict; the medians' also where a side has no median.
    """

    minute: int
    since: date
    before: Side
    after: Side
    verdict: Verdict
    median_change_s: Interval | None = None
    soon_change: Interval | None = None
