"""Time cut at midnight and where the night begins and ends, on a person's own clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.spans import Span, joined

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """Time of one local day and one kind."""

    span: Span
    day: date
    kind: DayKind
    night: bool


def pieces(spans: Iterable[Span], calendar: Calendar, zone: ZoneInfo) -> Iterator[Piece]:
    """The spans, each instant once, in pieces of one kind and in order.

    The clocks may change meanwhile: a piece is as long as the time that really passed.
    """
    for span in joined(spans):
        cuts = [cut for cut in _cuts(span, calendar, zone) if span.start < cut < span.end]
        for start, end in pairwise([span.start, *sorted(set(cuts)), span.end]):
            yield _piece(Span(start, end), calendar, zone)


def local_days(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """The local days that the span touches."""
    day = span.start.astimezone(zone).date()
    while at_clock(day, time(), zone) < span.end:
        yield day
        day += DAY


def at_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That local time in UTC; where the clocks skip it, the moment at which they do."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _cuts(span: Span, calendar: Calendar, zone: ZoneInfo) -> Iterator[datetime]:
    for day in local_days(span, zone):
        yield at_clock(day, time(), zone)
        night = calendar.rulebook.in_force(day).night
        if night is not None:
            yield at_clock(day, night.start, zone)
            yield at_clock(day, night.end, zone)


def _piece(span: Span, calendar: Calendar, zone: ZoneInfo) -> Piece:
    local = span.start.astimezone(zone)
    night = calendar.rulebook.in_force(local.date()).night
    return Piece(
        span, local.date(), calendar.kind(local.date()), night is not None and night.holds(local.time())
    )
