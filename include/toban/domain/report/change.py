"""Is a figure better, worse or the same? The rules for saying so, with small numbers in mind."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from statistics import fmean
from typing import Literal

from toban.domain.report.nouns import Report, Spread, Week

# A week's median over fewer moves by minutes when one incident falls in or out.
FEWEST_FOR_A_TREND = 10
# Weekly medians scatter by about this much where nothing changed; less is no news …
SMALLEST_CHANGE = 0.10
# … and neither is a gain nobody feels: below half a minute is within the time to unlock a phone.
SMALLEST_CHANGE_S = 30.0


Figure = Literal["acknowledge", "resolve"]


class Direction(Enum):
    """What a week may be said to be, compared with those before it."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    TOO_FEW = "too few"  # the week's number rests on too few incidents
    NO_COMPARISON = "no comparison"  # the weeks before do
    QUIET = "quiet"  # no incident at all
    INCOMPLETE = "incomplete"  # the warehouse does not hold the whole week


@dataclass(frozen=True)
class Verdict:
    """``usual_s`` is the mean of the earlier weeks' medians; ``change`` is relative to it (0.25: longer)."""

    direction: Direction
    median_s: float | None = None
    usual_s: float | None = None
    within_goal: bool | None = None

    @property
    def change(self) -> float | None:
        """The relative change, or None without a base above zero."""
        return relative(self.median_s, self.usual_s)


def relative(now: float | None, base: float | None) -> float | None:
    """``now`` against ``base`` as a share: 0.5 is half as much again; None unless the base is above zero."""
    if now is None or base is None or base <= 0:
        return None
    return (now - base) / base


def direction(now_s: float, base_s: float) -> Direction:
    """Shorter is better; under 10 % or under 30 s is unchanged."""
    moved_s = now_s - base_s
    if abs(moved_s) < SMALLEST_CHANGE_S or abs(moved_s) < SMALLEST_CHANGE * base_s:
        return Direction.UNCHANGED
    return Direction.WORSE if moved_s > 0 else Direction.BETTER


def usual_median_s(spreads: Iterable[Spread]) -> float | None:
    """The mean of the weekly medians, each week counting once; None where no week has one."""
    medians = [each.median_s for each in spreads if each.median_s is not None]
    return fmean(medians) if medians else None


def usual_incidents(weeks: Iterable[Week]) -> float | None:
    """The mean number of incidents a week; None without weeks."""
    counts = [week.incidents for week in weeks]
    return fmean(counts) if counts else None


def median_change(report: Report, of: Figure, *, since: Week | None = None) -> float | None:
    """How the median of ``of`` moved, against the week ``since``, else against the weeks compared with.

    None where either side rests on too few incidents: no trend is claimed then, not even as a figure.
    """
    now = figure(report.week, of)
    bases = [figure(week, of) for week in ((since,) if since else report.comparison)]
    if min(now.n, sum(base.n for base in bases)) < FEWEST_FOR_A_TREND:
        return None
    if since is None and not _enough(report, of):
        return None
    return relative(now.median_s, usual_median_s(bases))


def figure(week: Week, of: Figure) -> Spread:
    """MTTA or MTTR of a week."""
    return week.acknowledge if of == "acknowledge" else week.resolve


def verdict(report: Report) -> Verdict:
    """How the week's median time to acknowledge stands to the goal and to the weeks before it."""
    week, earlier = report.week, report.comparison
    median_s = week.acknowledge.median_s
    within_goal = None if median_s is None else median_s <= report.goal_s
    if not week.covered:
        return Verdict(Direction.INCOMPLETE, median_s, None, within_goal)
    if week.incidents == 0:
        return Verdict(Direction.QUIET)
    usual_s = usual_median_s(each.acknowledge for each in earlier)
    if median_s is None or min(week.incidents, week.acknowledge.n) < FEWEST_FOR_A_TREND:
        return Verdict(Direction.TOO_FEW, median_s, usual_s, within_goal)
    if usual_s is None or not _enough(report, "acknowledge"):
        return Verdict(Direction.NO_COMPARISON, median_s, usual_s, within_goal)
    return Verdict(direction(median_s, usual_s), median_s, usual_s, within_goal)


def _enough(report: Report, of: Figure) -> bool:
    """Half of the weeks compared with must be there, and together hold enough measured incidents."""
    measured = sum(figure(week, of).n for week in report.comparison)
    return len(report.comparison) * 2 >= report.trend_weeks and measured >= FEWEST_FOR_A_TREND
