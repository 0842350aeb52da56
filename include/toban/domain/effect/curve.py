"""One side of the comparison: its incidents weighed, and the share still waiting as time goes on."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from toban.domain.effect.nouns import End, Wait

ROUNDING = 1e-9  # a half made of thirds is a half
Waits = Sequence[Wait]
Times = Sequence[int]  # how often each of the waits is counted
Weights = Mapping[Hashable, float]
Curve = list[tuple[float, float]]


def in_order(waits: Waits) -> list[Wait]:
    """As `still_waiting` needs them: by length, acknowledged ones first; the rest is the same every time."""
    return sorted(waits, key=_place)


def _place(wait: Wait) -> tuple[float, bool, str, str]:
    return wait.further_s, wait.end is not End.ACKNOWLEDGED, str(wait.occasion), str(wait.stratum)


def strata(waits: Waits, times: Times) -> dict[Hashable, int]:
    """How many incidents each stratum holds."""
    found: defaultdict[Hashable, int] = defaultdict(int)
    for each, n in zip(waits, times, strict=True):
        found[each.stratum] += n
    return found


def weights(own: Mapping[Hashable, int], other: Mapping[Hashable, int]) -> dict[Hashable, float]:
    """What an incident weighs by its stratum, given how many of it both sides hold.

    It is the other side's share of the stratum. So a stratum weighs the same on both sides, the more the more
    comparisons it allows (as Mantel and Haenszel weigh), and what has no like weighs nothing.
    """
    return {each: other.get(each, 0) / (n + other.get(each, 0)) for each, n in own.items() if n}


def still_waiting(waits: Waits, times: Times, weigh: Weights) -> Curve:
    """(seconds, share still unacknowledged from then on), after Kaplan and Meier, at each acknowledgement.

    The waits come as `in_order` gives them. A wait that ended otherwise than by an acknowledgement counts up
    to that second and then no more: nothing is known of how long it would have lasted.
    """
    weighed = list(_weighed(waits, times, weigh))
    at_risk = sum(weight for _, weight in weighed)
    share, curve = 1.0, []
    for each, weight in weighed:
        if each.end is End.ACKNOWLEDGED:
            share *= max(1 - weight / at_risk, 0.0)
            curve.append((each.further_s, share))
        at_risk -= weight
    return curve


def _weighed(waits: Waits, times: Times, weigh: Weights) -> Iterator[tuple[Wait, float]]:
    for each, n in zip(waits, times, strict=True):
        if n and (weight := weigh[each.stratum]):
            yield each, n * weight


def median_s(curve: Curve) -> float | None:
    """The first moment at which half or less are still waiting; None if it never comes."""
    return next((seconds for seconds, share in curve if share <= 0.5 + ROUNDING), None)


def acknowledged_within(curve: Curve, seconds: float) -> float:
    """The share acknowledged by then."""
    return 1 - next((share for at, share in reversed(curve) if at <= seconds), 1.0)
