"""Whose incidents a report is about, and how it measures them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Claims:
    """What a team answers for, and what other teams do, as PagerDuty ids.

    An incident is the team's by its service; if no team claims that, by its escalation policy; if no team
    claims that either, by its PagerDuty teams.
    """

    services: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    pagerduty_teams: tuple[str, ...] = ()
    services_of_others: tuple[str, ...] = ()
    policies_of_others: tuple[str, ...] = ()


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
