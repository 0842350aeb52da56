"""Is the load spread evenly? Over people with enough shifts; nights weigh more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from toban.domain.health.duty import Stretch
from toban.domain.health.hours import HourKind
from toban.domain.health.nouns import Finding, Interruption, Topic, measured
from toban.domain.health.thresholds import Thresholds


@dataclass(frozen=True)
class Share:
    """What one person carried: weighted interruptions in the period, and those in shifts for each shift."""

    person_id: str
    shifts: int
    load: float
    per_shift: float


def shares(
    held: Sequence[Stretch], interruptions: Iterable[Interruption], thresholds: Thresholds
) -> list[Share]:
    """Of the people with enough shifts; ``interruptions`` are all of the period, those off duty too."""
    own: dict[str, list[Stretch]] = {}
    for stretch in held:
        own.setdefault(stretch.person_id, []).append(stretch)
    total = _loads(interruptions, thresholds.night_weight)
    in_shifts = _loads((one for each in held for one in each.interruptions), thresholds.night_weight)
    return [
        Share(person_id, len(mine), total.get(person_id, 0.0), in_shifts.get(person_id, 0.0) / len(mine))
        for person_id, mine in sorted(own.items())
        if len(mine) >= thresholds.fewest_shifts
    ]


def fairness_findings(carried: Sequence[Share], thresholds: Thresholds) -> Iterator[Finding]:
    """Of the load, who is rung more than others; of the load per shift, who has the harder shifts."""
    n = len(carried)
    enough = n >= thresholds.fewest_people
    loads = [share.load for share in carried] if enough else []
    each = [share.per_shift for share in carried] if enough else []
    yield measured(Topic.LOAD_GINI, gini(loads), thresholds.gini, n)
    yield measured(Topic.LOAD_MAX_TO_MEDIAN, max_to_median(loads), thresholds.max_to_median, n)
    yield measured(Topic.SHIFT_GINI, gini(each), thresholds.gini, n)
    yield measured(Topic.SHIFT_MAX_TO_MEDIAN, max_to_median(each), thresholds.max_to_median, n)


def gini(values: Sequence[float]) -> float | None:
    """The Gini coefficient of values of at least 0: 0 where all are equal, below 1; None without any."""
    if not values:
        return None
    ordered, n = sorted(values), len(values)
    if ordered[0] == ordered[-1]:
        return 0.0
    # Scaled first, so that sums of very large or very small values neither overflow nor vanish.
    scaled = [value / ordered[-1] for value in ordered]
    ranked = sum((2 * rank - n - 1) * value for rank, value in enumerate(scaled, start=1))
    return max(0.0, ranked / (n * sum(scaled)))


def max_to_median(values: Sequence[float]) -> float | None:
    """The highest in medians; None without any, or where the median is 0."""
    middle = median(values) if values else 0.0
    return max(values) / middle if middle > 0 else None


def _loads(interruptions: Iterable[Interruption], night_weight: float) -> Mapping[str, float]:
    loads: dict[str, float] = {}
    for one in interruptions:
        weight = night_weight if one.hour_kind is HourKind.SLEEP else 1.0
        loads[one.person_id] = loads.get(one.person_id, 0.0) + weight
    return loads
