"""What is found of a team as a whole: sums, shares and spreads, in the order in which they are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toban.domain.health.duty import Stretch, night_share
from toban.domain.health.fairness import Share, fairness_findings
from toban.domain.health.frame import Frame
from toban.domain.health.hours import HourKind
from toban.domain.health.load import Load
from toban.domain.health.nouns import Finding, Topic, counted, measured, so_far
from toban.domain.health.report import ComingWeek, WeekLoad
from toban.domain.health.thresholds import Limit, Thresholds
from toban.domain.health.trend import trend
from toban.domain.spans import Span

KINDS = {
    HourKind.BUSINESS: Topic.BUSINESS_INTERRUPTIONS,
    HourKind.OFF: Topic.OFF_INTERRUPTIONS,
    HourKind.SLEEP: Topic.SLEEP_INTERRUPTIONS,
}


@dataclass(frozen=True)
class Seen:
    """What the week's and the period's interruptions and shifts came to."""

    period: Span
    weeks: tuple[WeekLoad, ...]
    loads: Mapping[str, Load]
    load_of_period: Load
    struck_in_period: int
    held: Sequence[Stretch]
    off_duty: int
    first_held: Sequence[Stretch]
    shares: tuple[Share, ...]
    coming: tuple[ComingWeek, ...]
    of_people: tuple[Finding, ...]
    on_call: int

    def beyond(self, topic: Topic) -> int:
        """How many of the persons' findings on that topic are too much."""
        return sum(one.topic is topic and one.is_beyond for one in self.of_people)


def team_findings(seen: Seen, frame: Frame, thresholds: Thresholds) -> Iterator[Finding]:
    """The week, the period, the trend, the weeks to come, and people's set-up."""
    week = seen.weeks[-1]
    for each in (*_sums(week.load, len(seen.loads)), *_too_many(seen, thresholds)):
        yield each if week.covered else so_far(each)
    if seen.period.length:
        yield from _sums(seen.load_of_period, seen.struck_in_period, seen.period)
    share = night_share(seen.first_held, thresholds)
    yield replace(share, people=_people(seen.first_held), span=seen.period)
    for each in fairness_findings(seen.shares, thresholds):
        yield replace(each, people=len(seen.shares), span=seen.period)
    yield replace(_trend(seen, thresholds), people=len(seen.loads))
    yield from _coming(seen, frame, thresholds)
    for topic, source in (
        (Topic.NOTIFICATION_RULES, thresholds.rules_source),
        (Topic.TIME_ZONE, thresholds.zone_source),
    ):
        yield _none_of(topic, seen.beyond(topic), seen.on_call, seen.on_call, source)


def _sums(load: Load, struck: int, span: Span | None = None) -> Iterator[Finding]:
    for kind, topic in KINDS.items():
        yield counted(topic, load.by_kind[kind], load.total, struck, span)
    yield counted(Topic.NIGHTS, load.nights, load.total, struck, span)
    yield counted(Topic.INTERRUPTED_HOURS, load.hours, load.total, struck, span)


def _too_many(seen: Seen, thresholds: Thresholds) -> Iterator[Finding]:
    struck = len(seen.loads)
    nights, hours = thresholds.nights_per_week.source, thresholds.interrupted_hours_per_week.source
    yield _none_of(Topic.PEOPLE_BEYOND_NIGHTS, seen.beyond(Topic.NIGHTS), struck, struck, nights)
    yield _none_of(Topic.PEOPLE_BEYOND_HOURS, seen.beyond(Topic.INTERRUPTED_HOURS), struck, struck, hours)
    busy, source = seen.beyond(Topic.INCIDENTS_PER_SHIFT), thresholds.incidents_per_12_hours.source
    yield _none_of(Topic.BUSY_SHIFTS, busy, len(seen.held), _people(seen.held), source)


def _trend(seen: Seen, thresholds: Thresholds) -> Finding:
    *before, week = seen.weeks
    earlier = [each.load.weighted(thresholds.night_weight) for each in before if each.covered]
    return trend(week.load.weighted(thresholds.night_weight), earlier if week.covered else [], thresholds)


def _coming(seen: Seen, frame: Frame, thresholds: Thresholds) -> Iterator[Finding]:
    for each in seen.coming:
        totals = [one.total for one in each.projections if one.total is not None]
        value = sum(totals) if totals and len(totals) == len(each.projections) else None
        weeks = each.projections[0].weeks if each.projections else 0
        limit, span = thresholds.incidents(each.first_level), frame.week_from(each.start)
        found = measured(Topic.PROJECTED_LOAD, value, limit, weeks, span=span)
        yield replace(found, people=sum(total > 0 for total in totals))


def _none_of(topic: Topic, value: int, n: int, people: int, source: str) -> Finding:
    """A count of what should not be at all."""
    return replace(measured(topic, value, Limit(0, source), n), people=people)


def _people(held: Sequence[Stretch]) -> int:
    return len({one.person_id for one in held})
