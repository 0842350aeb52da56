"""Time cut at midnight and where the night begins and ends, on a person's own clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.local_time import cut_at
from toban.domain.spans import Span, joined


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
        for part in cut_at(span, lambda day: _night_edges(calendar, day), zone):
            yield _piece(part, calendar, zone)


def _night_edges(calendar: Calendar, day: date) -> tuple[time, ...]:
    night = calendar.rulebook.in_force(day).night
    return (night.start, night.end) if night else ()


def _piece(span: Span, calendar: Calendar, zone: ZoneInfo) -> Piece:
    local = span.start.astimezone(zone)
    day, night = local.date(), calendar.rulebook.in_force(local.date()).night
    return Piece(span, day, calendar.kind(day), night is not None and night.holds(local.time()))
