"""The comparison itself: like with like, before a day and since it, and what may be said of it."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date

from toban.domain.effect.curve import (
    Times,
    Waits,
    Weights,
    acknowledged_within,
    in_order,
    median_s,
    still_waiting,
    strata,
    weights,
)
from toban.domain.effect.interval import MOST_DRAWS, draws, middle
from toban.domain.effect.nouns import SOON_S, Effect, End, Interval, Side, Verdict

FEWEST = 30  # incidents on either side; below, a median and its interval are chance
# Independent occasions on either side, unequal weights counted: drawing fewer again tells too little.
FEWEST_OCCASIONS = 15
# A median that a draw does not reach counts as a day: no acknowledgement is waited for any longer.
LONGEST_S = 86_400.0


def effect(before: Waits, after: Waits, *, minute: int, since: date, most_draws: int = MOST_DRAWS) -> Effect:
    """Compare the incidents still unacknowledged at ``minute``: those before ``since``, those from then on.

    The order of the incidents does not matter; ``most_draws`` bounds the work for the intervals.
    """
    before, after = in_order(before), in_order(after)
    weigh = _weights(before, after, [1] * len(before), [1] * len(after))
    one, other = (_side(waits, each) for waits, each in zip((before, after), weigh, strict=True))
    weak = _too_little(before, weigh[0], one) or _too_little(after, weigh[1], other)
    if weak:
        return Effect(minute, since, one, other, weak)
    medians, shares = _intervals(before, after, most_draws)
    reached = one.median_s is not None and other.median_s is not None
    sign = medians.sign if reached else -shares.sign
    verdict = {-1: Verdict.FASTER, 0: Verdict.UNCLEAR, 1: Verdict.SLOWER}[sign]
    return Effect(minute, since, one, other, verdict, medians if reached else None, shares)


def _weights(before: Waits, after: Waits, times: Times, times_after: Times) -> tuple[Weights, Weights]:
    own, other = strata(before, times), strata(after, times_after)
    return weights(own, other), weights(other, own)


def _side(waits: Waits, weigh: Weights) -> Side:
    ends = [each.end for each in waits if weigh[each.stratum]]
    curve = still_waiting(waits, [1] * len(waits), weigh)
    return Side(
        n=len(ends),
        acknowledged=ends.count(End.ACKNOWLEDGED),
        resolved=ends.count(End.RESOLVED),
        open=ends.count(End.OPEN),
        unmatched=len(waits) - len(ends),
        median_s=median_s(curve),
        soon=acknowledged_within(curve, SOON_S) if ends else None,
    )


def _too_little(waits: Waits, weigh: Weights, side: Side) -> Verdict | None:
    if side.n < FEWEST:
        return Verdict.TOO_FEW
    return Verdict.TOO_ALIKE if _occasions(waits, weigh) < FEWEST_OCCASIONS else None


def _occasions(waits: Waits, weigh: Weights) -> float:
    """Kish's effective number: as many equal occasions would vary as these unequal ones do."""
    sums: defaultdict[Hashable, float] = defaultdict(float)
    for each in waits:
        sums[each.occasion] += weigh[each.stratum]
    return sum(sums.values()) ** 2 / sum(weight**2 for weight in sums.values())


def _intervals(before: Waits, after: Waits, most_draws: int) -> tuple[Interval, Interval]:
    """Of the difference of the medians in seconds, and of the shares acknowledged soon."""
    drawn = [_differences(before, after, *times) for times in draws(before, after, most_draws)]
    return middle([medians for medians, _ in drawn]), middle([shares for _, shares in drawn])


def _differences(before: Waits, after: Waits, times: Times, times_after: Times) -> tuple[float, float]:
    weigh = _weights(before, after, times, times_after)
    curves = still_waiting(before, times, weigh[0]), still_waiting(after, times_after, weigh[1])
    one, other = (LONGEST_S if (at := median_s(each)) is None else min(at, LONGEST_S) for each in curves)
    soon, soon_after = (acknowledged_within(each, SOON_S) for each in curves)
    return other - one, soon_after - soon
