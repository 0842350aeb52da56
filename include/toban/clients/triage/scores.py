"""How good predicted probabilities were: ranking, calibration, and how sure one can be of either."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Score = Callable[[Numbers, Numbers], float | None]
RESAMPLES = 1_000
CALIBRATED_FROM = 1_000  # of fewer, calibration error measures chance
BINS = 10
SEED = 20_261_128  # the same data give the same interval


def auc(chances: Numbers, outcomes: Numbers) -> float | None:
    """The chance that one with outcome 1 is ranked above one with 0; None without both kinds."""
    positive = float(outcomes.sum())
    negative = len(outcomes) - positive
    if not positive or not negative:
        return None
    _, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[outcomes == 1].sum() - positive * (positive + 1) / 2) / (positive * negative))


def average_precision(chances: Numbers, outcomes: Numbers) -> float | None:
    """Area under precision over recall, ties taken together; None without any outcome 1."""
    if not outcomes.sum():
        return None
    order = np.argsort(-chances, kind="stable")
    last = np.append(np.diff(chances[order]) != 0, True)
    hits = np.cumsum(outcomes[order])[last]
    taken = (np.arange(len(order)) + 1)[last]
    return float(np.sum(np.diff(hits, prepend=0.0) * hits / taken) / outcomes.sum())


def brier(chances: Numbers, outcomes: Numbers) -> float:
    """Mean square of what each probability was off."""
    return float(np.mean((chances - outcomes) ** 2))


def calibration_error(chances: Numbers, outcomes: Numbers) -> float | None:
    """How far probabilities and shares differ, over ten equally full bins; None where too few to say."""
    if len(chances) < CALIBRATED_FROM:
        return None
    order = np.argsort(chances, kind="stable")
    off = [
        len(part) * abs(float(chances[part].mean() - outcomes[part].mean()))
        for part in np.array_split(order, BINS)
    ]
    return sum(off) / len(chances)


def interval(score: Score, chances: Numbers, outcomes: Numbers) -> tuple[float, float] | None:
    """95 % of a score by bootstrap over incidents; None where the score cannot be had."""
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        chosen = random.integers(0, len(chances), len(chances))
        value = score(chances[chosen], outcomes[chosen])
        if value is not None:
            found.append(value)
    if not found:
        return None
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
