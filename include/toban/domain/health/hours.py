"""Work, free time and sleep on a person's own clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from toban.domain.local_time import Daily, cut_at
from toban.domain.spans import Span, joined

BUSINESS, SLEEP = Daily(time(8), time(18)), Daily(time(22), time(8))  # PagerDuty's own


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
        return self.business.start, self.business.end, self.sleep.start, self.sleep.end


def time_by_kind(spans: Iterable[Span], rule: HourRule, zone: ZoneInfo) -> Mapping[HourKind, timedelta]:
    """The time that passed in finite spans, each instant once, by kind; zero where there was none."""
    found = dict.fromkeys(HourKind, timedelta())
    for span in joined(spans):
        for part in cut_at(span, lambda _: rule.edges, zone):
            found[rule.kind(part.start.astimezone(zone))] += part.length
    return found
