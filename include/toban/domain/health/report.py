"""The health of one team's on-call in one week, as everybody who shows it receives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toban.domain.health.fairness import Share
from toban.domain.health.load import Load
from toban.domain.health.nouns import Finding, Verdict
from toban.domain.health.projection import Projection


@dataclass(frozen=True)
class WeekLoad:
    """One week of the period, by its first day; ``covered`` is false where it is not wholly known."""

    start: date
    load: Load
    covered: bool


@dataclass(frozen=True)
class ComingWeek:
    """One week to come, by its first day, with everybody who is planned in it."""

    start: date
    projections: tuple[Projection, ...]


@dataclass(frozen=True)
class HealthReport:
    """It names persons: only for those who may see them. ``public`` says what everybody may.

    ``weeks`` is the period without a gap, oldest first; the last is the week reported. ``findings`` are the
    team's, then the persons'. ``names`` knows every person in it by id, ``loads`` are of the people
    interrupted in the week, ``shares`` of those with enough shifts in the period. ``off_duty`` counts the
    week's interruptions that struck people outside their shifts.
    """

    team_id: str
    team: str
    time_zone: str
    weeks: tuple[WeekLoad, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    loads: Mapping[str, Load]
    shares: tuple[Share, ...]
    coming: tuple[ComingWeek, ...]
    off_duty: int
    fewest_people: int

    @property
    def week(self) -> WeekLoad:
        """The week reported."""
        return self.weeks[-1]

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
        return tuple(one for one in self.findings if one.verdict is Verdict.BEYOND)
