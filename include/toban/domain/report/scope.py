"""Whose incidents a report is about, and how it measures them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from toban.domain.claims import Claims


@dataclass(frozen=True)
class Scope:
    """A team's name, clock, goal and comparison; without claims it is every incident there is."""

    name: str
    time_zone: str
    goal_s: float
    week_start: str = "monday"
    trend_weeks: int = 8
    claims: Claims | None = None
    improvements_since: date | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, ready for use."""
        return ZoneInfo(self.time_zone)
