"""Is it getting worse? This period against the mean of the earlier ones."""

from collections.abc import Sequence
from statistics import fmean

from toban.domain.health.nouns import Finding, Topic, measured
from toban.domain.health.thresholds import Thresholds


def trend(now: float, earlier: Sequence[float], thresholds: Thresholds) -> Finding:
    """The relative change of a count or weighted load; the periods are equally long and fully known.

    There is no value where too few periods, or too few interruptions in them, make the mean.
    """
    known = len(earlier) >= max(thresholds.fewest_periods, 1) and sum(earlier) >= thresholds.fewest_for_trend
    usual = fmean(earlier) if known else 0.0
    change = (now - usual) / usual if usual > 0 else None
    return measured(Topic.TREND, change, thresholds.rise, len(earlier))
