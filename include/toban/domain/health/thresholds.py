"""Where it becomes too much, and who says so."""

from dataclasses import dataclass, replace
from datetime import timedelta

OWN = "Toban's own default: there is no outside figure to go by"
CALLS = "PagerDuty's definition: pushes, calls and SMS, those within a minute once, by the person's own clock"
HALF_A_DAY = timedelta(hours=12)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Limit:
    """The highest value that is still well, and a short text saying where it comes from."""

    value: float
    source: str

    def times(self, factor: float) -> "Limit":
        """The limit for something that many times as large."""
        return replace(self, value=self.value * factor)

    def at_least(self, value: float) -> "Limit":
        """The limit, but never below ``value``."""
        return replace(self, value=max(self.value, value))


@dataclass(frozen=True)
class Thresholds:
    """Limits, and how much must be known before anything is said; fewer claim nothing.

    Loads count an interruption in sleep ``night_weight`` times.
    """

    incidents_per_12_hours: Limit = Limit(2, "Google SRE: at most two incidents per 12-hour shift")
    night_shift_share: Limit = Limit(
        0.30, "Rule of thumb (Cracking Walnuts): act when over 30 % of shifts have a night call"
    )
    interrupted_hours_per_week: Limit = Limit(
        10, "From Google SRE's 25 % of working time for on-call: 10 hours of a 40-hour week"
    )
    nights_per_week: Limit = Limit(2, OWN)
    gini: Limit = Limit(0.3, OWN)
    max_to_median: Limit = Limit(2.0, OWN)
    rise: Limit = Limit(0.25, OWN)
    rules_source: str = "PagerDuty rings nobody who has no notification rule"
    zone_source: str = "Nights are told by a person's own clock; people of a team may well live elsewhere"
    night_weight: float = 2.0
    fewest_shifts: int = 3  # of a person, to be compared with others
    fewest_people: int = 3  # a median of two is their mean
    fewest_shifts_for_share: int = 4  # one shift alone is 0 or 100 %
    fewest_periods: int = 2  # earlier ones, for a trend
    fewest_for_trend: int = 10  # interruptions in the earlier periods together
    fewest_weeks: int = 4  # of history, for a projection

    def incidents(self, length: timedelta) -> Limit:
        """For a time on call that long; a single incident is never too many, however short it is."""
        return self.incidents_per_12_hours.times(length / HALF_A_DAY).at_least(1)
