"""Did it get faster over the period? The last weeks against those before them."""

from collections.abc import Sequence
from dataclasses import dataclass

from toban.domain.report.change import FEWEST_FOR_A_TREND, Direction, direction, usual_median_s
from toban.domain.report.nouns import Week

LATE_WEEKS = 4


@dataclass(frozen=True)
class Trend:
    """Means of weekly medians, in seconds; None where there is nothing to compare."""

    direction: Direction
    late_s: float | None = None
    early_s: float | None = None
    late_weeks: int = LATE_WEEKS


def trend(weeks: Sequence[Week]) -> Trend:
    """The last four weeks the warehouse holds against all earlier ones; too few incidents claim nothing."""
    held = [week for week in weeks if week.covered]
    early, late = held[:-LATE_WEEKS], held[-LATE_WEEKS:]
    counts = [sum(week.acknowledge.n for week in part) for part in (early, late)]
    early_s, late_s = (usual_median_s(week.acknowledge for week in part) for part in (early, late))
    if len(early) < 2 or min(counts) < FEWEST_FOR_A_TREND or early_s is None or late_s is None:
        return Trend(Direction.NO_COMPARISON)
    return Trend(direction(late_s, early_s), late_s, early_s)
