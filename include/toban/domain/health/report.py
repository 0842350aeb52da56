"""The health of one team's on-call in one week, as everybody who shows it receives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toban.domain.health.fairness import Share
from toban.domain.health.load import Load
from toban.domain.health.nouns import Finding
from toban.domain.health.projection import Projection


@dataclass(frozen=True)
class WeekLoad:
    """One week of the period, by its first day; ``covered`` is false where it is not wholly known."""

    start: date
    load: Load
    covered: bool


@dataclass(frozen=True)
class ComingWeek:
    """One week to come, by its first day, with everybody who is planned in it.

    ``first_level`` is how long people are rung first in it, everybody's time added.
    """

    start: date
    projections: tuple[Projection, ...]
    first_level: timedelta


@dataclass(frozen=True)
class HealthReport:
    """It names persons: only for those who may see them. ``public`` says what everybody may.

    ``weeks`` are without a gap, oldest first; the last is the week reported, and those that are covered are
    the period. ``findings`` are the team's, then the persons'. ``names`` knows every person in it by id,
    ``loads`` are of the people interrupted in the week, ``struck_in_period`` how many were in the period,
    ``shares`` of those with enough shifts in it. ``off_duty`` counts the week's interruptions that struck
    people outside their shifts. Sums of fewer than ``fewest_people`` persons are not for everybody.
    """

    team_id: str
    team: str
    time_zone: str
    weeks: tuple[WeekLoad, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    loads: Mapping[str, Load]
    load_of_period: Load
    struck_in_period: int
    shares: tuple[Share, ...]
    coming: tuple[ComingWeek, ...]
    off_duty: int
    fewest_people: int

    @property
    def week(self) -> WeekLoad:
        """The week reported."""
        return self.weeks[-1]

    @property
    def last_day(self) -> date:
        """The last day of the week reported."""
        return self.week.start + timedelta(days=6)

    @property
    def known_weeks(self) -> int:
        """How many weeks the period has."""
        return sum(each.covered for each in self.weeks)

    @property
    def of_team(self) -> tuple[Finding, ...]:
        """What is found of the team as a whole."""
        return tuple(one for one in self.findings if one.person_id is None)

    @property
    def of_people(self) -> tuple[Finding, ...]:
        """What is found of single persons and their shifts."""
        return tuple(one for one in self.findings if one.person_id is not None)

    @property
    def beyond(self) -> tuple[Finding, ...]:
        """What is too much, of the team and of persons."""
        return tuple(one for one in self.findings if one.is_beyond)
