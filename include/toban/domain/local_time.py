"""Days and times of day on a place's clock, as instants in UTC."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from toban.domain.spans import Span

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)  # clocks are changed on a quarter of an hour


@dataclass(frozen=True)
class Daily:
    """A stretch of each day on the local clock; ``end`` may lie on the next day."""

    start: time
    end: time

    def holds(self, clock: time) -> bool:
        """Whether that time of day lies inside."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def at_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That local time: the first one where it comes twice; one that is skipped is read on the old clock."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which the day begins."""
    return at_clock(day, time(), zone)


def local_days(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """The local days that the span touches, in order."""
    day = span.start.astimezone(zone).date()
    while midnight(day, zone) < span.end:
        yield day
        day += DAY


def cut_at(span: Span, clocks: Callable[[date], Iterable[time]], zone: ZoneInfo) -> list[Span]:
    """The span in parts: cut at every midnight, at each day's ``clocks`` and wherever the clocks change.

    So within a part no time of day of ``clocks`` is passed, however the clocks jump.
    """
    cuts = {cut for day in local_days(span, zone) for cut in _cuts(day, clocks(day), zone)}
    inner = sorted(cut for cut in cuts if span.start < cut < span.end)
    return [Span(start, end) for start, end in pairwise([span.start, *inner, span.end])]


def _cuts(day: date, clocks: Iterable[time], zone: ZoneInfo) -> Iterator[datetime]:
    begins, ends = midnight(day, zone), midnight(day + DAY, zone)
    yield begins
    for clock in clocks:
        yield at_clock(day, clock, zone)
        yield at_clock(day, clock.replace(fold=1), zone)
    if ends - begins != DAY:
        yield from (begins + n * QUARTER for n in range((ends - begins) // QUARTER + 1))
