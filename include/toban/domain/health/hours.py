"""Work, free time and sleep on a person's own clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from toban.domain.labour.pieces import DAY, at_clock, local_days
from toban.domain.labour.rules import Daily
from toban.domain.spans import Span, joined

BUSINESS, SLEEP = Daily(time(8), time(18)), Daily(time(22), time(8))  # PagerDuty's own
QUARTER = timedelta(minutes=15)  # clocks change on a quarter of an hour of UTC


class HourKind(StrEnum):
    """Every instant is of one kind."""

    BUSINESS = "business"
    OFF = "off"
    SLEEP = "sleep"


@dataclass(frozen=True)
class Clocks:
    """The zone each person (by id) lives in; ``default`` stands in where it is not known."""

    default: ZoneInfo
    own: Mapping[str, ZoneInfo] = field(default_factory=dict)

    def of(self, person_id: str) -> ZoneInfo:
        """That person's."""
        return self.own.get(person_id, self.default)


@dataclass(frozen=True)
class HourRule:
    """When people work and sleep, local time; sleep goes first where both hold. Monday is 0.

    Public holidays are days like others, as in PagerDuty.
    """

    business: Daily = BUSINESS
    weekdays: frozenset[int] = frozenset(range(5))
    sleep: Daily = SLEEP

    def kind(self, local: datetime) -> HourKind:
        """What kind of hour that local moment lies in."""
        if self.sleep.holds(local.time()):
            return HourKind.SLEEP
        works = local.weekday() in self.weekdays and self.business.holds(local.time())
        return HourKind.BUSINESS if works else HourKind.OFF

    @property
    def edges(self) -> tuple[time, ...]:
        """The times of day at which the kind may change."""
        return time(), self.business.start, self.business.end, self.sleep.start, self.sleep.end


def time_by_kind(spans: Iterable[Span], rule: HourRule, zone: ZoneInfo) -> Mapping[HourKind, timedelta]:
    """The time that passed in finite spans, each instant once, by kind; zero where there was none."""
    found = dict.fromkeys(HourKind, timedelta())
    for span in joined(spans):
        cuts = {cut for day in local_days(span, zone) for cut in _cuts(day, rule, zone)}
        inner = sorted(cut for cut in cuts if span.start < cut < span.end)
        for start, end in pairwise([span.start, *inner, span.end]):
            found[rule.kind(start.astimezone(zone))] += end - start
    return found


def _cuts(day: date, rule: HourRule, zone: ZoneInfo) -> Iterator[datetime]:
    begins, ends = at_clock(day, time(), zone), at_clock(day + DAY, time(), zone)
    for clock in rule.edges:
        yield at_clock(day, clock, zone)
        yield at_clock(day, clock.replace(fold=1), zone)
    if ends - begins != DAY:  # where clocks jump, an edge may be skipped or met twice
        yield from (begins + n * QUARTER for n in range((ends - begins) // QUARTER + 1))
