"""What a look at an account's history shows: the nouns of the proof-of-concept page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from toban.domain.report.nouns import Calls, Incident, LeftOut, Report, Spread
from toban.domain.spans import Span, left_out

# An escalation rule waits 30 minutes unless changed: after that the first person has been passed over.
UNANSWERED_AFTER_S = 1800
BLOCK_HOURS = 3  # eight blocks a day are readable on a phone


@dataclass(frozen=True)
class ServiceFigures:
    """A service over the whole period."""

    name: str
    incidents: int
    acknowledge: Spread
    resolve: Spread


@dataclass(frozen=True)
class Duty:
    """A level of an escalation policy and the stretches in which somebody is on it."""

    policy_id: str
    policy: str
    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Gap:
    """A stretch in which an alert reaches nobody on the first level; ``alone`` when on no other either."""

    policy: str
    span: Span
    alone: bool


@dataclass(frozen=True)
class Effort:
    """What the look cost."""

    api_calls: int
    seconds: float


@dataclass(frozen=True)
class Evidence:
    """The period, from ``first`` to ``last`` day, and what it held; moments are in the page's zone.

    ``report`` is on the last whole week and carries the weeks for the trend.
    """

    first: date
    last: date
    now: datetime
    report: Report
    incidents: tuple[Incident, ...]
    acknowledge: Spread
    resolve: Spread
    services: tuple[ServiceFigures, ...]
    left_out: LeftOut
    calls: Calls
    gaps: tuple[Gap, ...]
    ahead: Span
    effort: Effort

    @property
    def days(self) -> int:
        """Days in the period, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def noise(self) -> tuple[Incident, ...]:
        """Incidents that resolved by themselves before anyone acknowledged."""
        return tuple(each for each in self.incidents if is_noise(each))

    @property
    def unanswered(self) -> tuple[Incident, ...]:
        """Incidents nobody acknowledged for half an hour though they were still open."""
        return tuple(each for each in self.incidents if is_unanswered(each, self.now))


def is_noise(incident: Incident) -> bool:
    """Whether it ended without any person."""
    return incident.resolved_itself and incident.seconds_to_acknowledge is None


def is_unanswered(incident: Incident, now: datetime) -> bool:
    """Whether it was open and unacknowledged for half an hour."""
    age_s = (now - incident.created_at).total_seconds()
    ends = (incident.seconds_to_acknowledge, incident.seconds_to_resolve, age_s)
    return min(end for end in ends if end is not None) > UNANSWERED_AFTER_S


def by_hour(incidents: Iterable[Incident]) -> list[list[int]]:
    """Seven rows from Monday, each with the incidents begun in every three-hour block of the day."""
    begun = Counter((each.created_at.weekday(), each.created_at.hour // BLOCK_HOURS) for each in incidents)
    return [[begun[day, block] for block in range(24 // BLOCK_HOURS)] for day in range(7)]


def gaps(duties: Sequence[Duty], window: Span) -> tuple[Gap, ...]:
    """Where the first level of a policy is empty in the window, by time."""
    found: list[Gap] = []
    for _, group in groupby(duties, key=lambda duty: duty.policy_id):
        levels = sorted(group, key=lambda duty: duty.level)
        first, others = levels[0], [span for level in levels[1:] for span in level.spans]
        found += [
            Gap(first.policy, span, alone=left_out(others, span) == [span])
            for span in left_out(first.spans, window)
        ]
    return tuple(sorted(found, key=lambda gap: (gap.span, gap.policy)))


def total(spans: Iterable[Span]) -> timedelta:
    """Their lengths together."""
    return sum((span.length for span in spans), timedelta(0))
