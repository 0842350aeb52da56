"""The nouns of the weekly report: what one team's week was like, in numbers."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from toban.domain.effect.nouns import Effect
from toban.domain.report.pages import WeekPages
from toban.domain.runbooks.coverage import Gap


@dataclass(frozen=True)
class Spread:
    """Durations in seconds over ``n`` incidents; without any, every figure is None."""

    n: int = 0
    mean_s: float | None = None
    median_s: float | None = None
    p90_s: float | None = None


NONE = Spread()


@dataclass(frozen=True)
class Week:
    """One week, by the day it starts on in the team's zone; incidents count in the week they began.

    ``covered`` is false where the warehouse does not hold the whole week.
    """

    start: date
    incidents: int = 0
    acknowledge: Spread = NONE
    resolve: Spread = NONE
    covered: bool = True


@dataclass(frozen=True)
class LeftOut:
    """Why incidents of the week are missing from MTTA or MTTR, as counts."""

    incomplete: int = 0  # began before the warehouse's history is complete
    open_unacknowledged: int = 0
    resolved_itself_unacknowledged: int = 0
    resolved_by_person_unacknowledged: int = 0
    unresolved: int = 0


@dataclass(frozen=True)
class Note:
    """What a person wrote at an incident; hostile text like any other."""

    author: str
    text: str


@dataclass(frozen=True)
class Incident:
    """One incident of the week; moments are in the team's zone, seconds are None where it did not happen."""

    id: str
    number: int | None
    title: str
    service: str
    url: str | None
    created_at: datetime
    seconds_to_acknowledge: float | None = None
    seconds_to_resolve: float | None = None
    resolved_itself: bool = False
    timeout_escalations: int = 0
    sleep_interruptions: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class ServiceWeek:
    """A service's share of the week beside what is usual for it in a week of the comparison."""

    name: str
    incidents: int
    slow: int  # acknowledged later than the goal
    usual_incidents: float = 0.0
    usual_slow: float = 0.0
    ids: tuple[str, ...] = ()  # more than one where services share the name


@dataclass(frozen=True)
class Calls:
    """Interruptions (phone, SMS, push) by the called person's own clock."""

    business: int = 0
    off_hours: int = 0
    sleep: int = 0
    sleep_week_before: int | None = None
    nights: int = 0  # different nights with at least one call


@dataclass(frozen=True)
class PersonCalls:
    """How often one person was called because of the team's incidents, by that person's own clock."""

    person: str
    sleep: int
    off_hours: int
    business: int
    nights: int


@dataclass(frozen=True)
class Freshness:
    """How far the warehouse's data goes; moments are in the team's zone."""

    synced_until: datetime | None = None
    covered_since: datetime | None = None
    stored: int | None = None  # incidents of the last reconciled window here …
    remote: int | None = None  # … and in PagerDuty's own count
    api_calls: int | None = None  # of the syncs that ran in the week


@dataclass(frozen=True)
class Report:
    """A team's week. ``weeks`` run without a gap, oldest first; the last is the one reported."""

    team: str
    time_zone: str
    goal_s: float
    trend_weeks: int
    weeks: tuple[Week, ...]
    incidents: tuple[Incident, ...] = ()
    services: tuple[ServiceWeek, ...] = ()
    left_out: LeftOut = field(default_factory=LeftOut)
    calls: Calls = field(default_factory=Calls)
    freshness: Freshness = field(default_factory=Freshness)
    improvements_since: date | None = None
    pages: WeekPages = field(default_factory=WeekPages)
    gaps: tuple[Gap, ...] = ()  # of the team's runbooks, by what fired in the week
    effect: Effect | None = None  # without a day to compare before and since with, there is none

    def __post_init__(self) -> None:
        if any(later.start - earlier.start != timedelta(weeks=1) for earlier, later in pairwise(self.weeks)):
            raise ValueError("the weeks of a report must follow each other")

    @property
    def week(self) -> Week:
        """The week reported."""
        return self.weeks[-1]

    @property
    def last_day(self) -> date:
        """The last day of the week reported."""
        return self.week.start + timedelta(days=6)

    @property
    def before(self) -> Week | None:
        """The week before, if the warehouse holds it."""
        return self.weeks[-2] if len(self.weeks) > 1 and self.weeks[-2].covered else None

    @property
    def comparison(self) -> tuple[Week, ...]:
        """Those of the ``trend_weeks`` before the one reported that the warehouse holds."""
        return tuple(week for week in self.weeks[-1 - self.trend_weeks : -1] if week.covered)

    @property
    def slow(self) -> tuple[Incident, ...]:
        """The incidents acknowledged later than the goal."""
        return tuple(each for each in self.incidents if (each.seconds_to_acknowledge or 0) > self.goal_s)
