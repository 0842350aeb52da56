"""Is a figure better, worse or the same as in the period before? Small numbers claim nothing."""

from dataclasses import dataclass
from typing import Literal

from toban.domain.report.change import FEWEST_FOR_A_TREND, SMALLEST_CHANGE, SMALLEST_CHANGE_S, relative

SMALLEST_POINTS = 0.0001  # a hundredth of a percentage point, which is the last digit shown
Judgement = Literal["better", "worse", "same", "too few", "none"]


@dataclass(frozen=True)
class Figure:
    """A value, and the number of incidents (or calls) it rests on."""

    value: float | None
    n: int


@dataclass(frozen=True)
class Change:
    """``share`` is relative to the period before (0.25: a quarter more); None where none is claimed."""

    judgement: Judgement
    share: float | None = None


def change(now: Figure, before: Figure, *, in_seconds: bool) -> Change:
    """Less is better, for every figure of the pages; both sides need ten to rest on.

    The weekly report's thresholds hold: under 10 %, and under 30 s for a duration, it is the same.
    """
    if before.n == 0 and now.n == 0:
        return Change("none")
    share = relative(now.value, before.value)
    if min(now.n, before.n) < FEWEST_FOR_A_TREND or share is None:
        return Change("too few")
    moved = abs((now.value or 0.0) - (before.value or 0.0))
    if abs(share) < SMALLEST_CHANGE or (in_seconds and moved < SMALLEST_CHANGE_S):
        return Change("same", share)
    return Change("worse" if share > 0 else "better", share)


def change_of_uptime(now: Figure, before: Figure) -> Change:
    """Of a share of time: more is better, and ``share`` is the difference (0.001: a tenth of a point)."""
    moved = change(*(Figure(1 - (each.value or 0.0), each.n) for each in (now, before)), in_seconds=False)
    if moved.share is None:
        return moved
    points = (now.value or 0.0) - (before.value or 0.0)
    return Change("same" if abs(points) < SMALLEST_POINTS else moved.judgement, points)
