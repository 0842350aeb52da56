"""What a person worked on each working day: attendance, and the call-outs outside of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.pieces import Piece, pieces
from toban.domain.local_time import DAY, at_clock, midnight
from toban.domain.spans import Span, joined, left_out


@dataclass(frozen=True)
class Clocked:
    """A stretch by the local clock, as whole minutes since the midnight of ``day``; ``end`` may pass 24 h.

    ``pause`` lies in it, nobody tells where.
    """

    day: date
    start: timedelta
    end: timedelta
    pause: timedelta = timedelta()


@dataclass(frozen=True)
class Counted:
    """A day's sum; ``night`` is the part of it at night, None where that is not told."""

    day: date
    time: timedelta
    night: timedelta | None = None


Attended = Clocked | Counted


@dataclass(frozen=True)
class Worked:
    """Time that belongs to one working day; ``holiday``: on a legal weekly holiday."""

    day: date
    time: timedelta
    night: timedelta | None
    holiday: bool


def worked(
    attended: Iterable[Attended],
    called: Iterable[Span],
    calendar: Calendar,
    zone: ZoneInfo,
    *,
    sums_hold_calls: bool,
) -> Iterator[Worked]:
    """One person's time, no instant twice; ``sums_hold_calls``: a counted day holds its call-outs already.

    Work over midnight belongs to the day on which it began, but time on a legal holiday to that holiday.
    """
    rows = list(attended)
    clocked = {_span(row, zone): row for row in rows if isinstance(row, Clocked)}
    counted = [row for row in rows if isinstance(row, Counted)]
    for span, row in clocked.items():
        yield from _cut(row.day, span, row.pause, calendar, zone)
    for row_counted in counted:
        holiday = calendar.kind(row_counted.day) is DayKind.LEGAL_HOLIDAY
        yield Worked(row_counted.day, row_counted.time, row_counted.night, holiday)
    held = [_whole_day(row.day, zone) for row in counted] if sums_hold_calls else []
    days = {span.end: row.day for span, row in clocked.items()}  # what goes on from there is the same work
    for span in _outside(called, [*clocked, *held], zone):
        day = days.get(span.start, span.start.astimezone(zone).date())
        yield from _cut(day, span, timedelta(), calendar, zone)


def _span(row: Clocked, zone: ZoneInfo) -> Span:
    return Span(_instant(row.day, row.start, zone), _instant(row.day, row.end, zone))


def _instant(day: date, since_midnight: timedelta, zone: ZoneInfo) -> datetime:
    days, rest = divmod(since_midnight, DAY)
    hours, minutes = divmod(rest // timedelta(minutes=1), 60)
    return at_clock(day + days * DAY, time(hours, minutes), zone)


def _whole_day(day: date, zone: ZoneInfo) -> Span:
    return Span(midnight(day, zone), midnight(day + DAY, zone))


def _outside(called: Iterable[Span], covered: Sequence[Span], zone: ZoneInfo) -> Iterator[Span]:
    """The parts of call-outs that no attendance covers."""
    by_day: dict[date, list[Span]] = {}
    for span in covered:
        by_day.setdefault(span.start.astimezone(zone).date(), []).append(span)
    for call in joined(called):
        near = [span for span in _near(call, by_day, zone) if span.start < call.end and call.start < span.end]
        yield from left_out(near, call) if near else (call,)


def _near(call: Span, by_day: Mapping[date, list[Span]], zone: ZoneInfo) -> Iterator[Span]:
    """Attendance is shorter than two days, so what overlaps began at most two days earlier."""
    first, last = (moment.astimezone(zone).date() for moment in (call.start, call.end))
    days = (first + n * DAY for n in range(-2, (last - first).days + 1))
    return chain.from_iterable(by_day.get(day, ()) for day in days)


def _cut(day: date, span: Span, pause: timedelta, calendar: Calendar, zone: ZoneInfo) -> Iterator[Worked]:
    """By day and night and holiday; the pause is taken from the time by day as long as there is any."""
    for piece in sorted(pieces([span], calendar, zone), key=lambda each: each.night):
        taken = min(pause, piece.span.length)
        pause -= taken
        left = piece.span.length - taken
        night = left if piece.night else timedelta()
        yield Worked(_belongs_to(day, piece, calendar), left, night, piece.kind is DayKind.LEGAL_HOLIDAY)


def _belongs_to(day: date, piece: Piece, calendar: Calendar) -> date:
    a_holiday = DayKind.LEGAL_HOLIDAY in {piece.kind, calendar.kind(day)}
    return piece.day if a_holiday else day
