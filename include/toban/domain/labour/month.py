"""One person's month: everything that the report says of it, worked out from shifts and call-outs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from toban.domain.labour.allowances import Allowances, added, allowances
from toban.domain.labour.days import Calendar
from toban.domain.labour.minutes import Totals, totals
from toban.domain.labour.nouns import CallOut, Standing
from toban.domain.labour.pieces import Piece, pieces
from toban.domain.labour.rest import Shortfall, longest_run, shortfalls
from toban.domain.local_time import DAY, midnight
from toban.domain.spans import Span, within
from toban.errors import UsageError

BEFORE = timedelta(days=62)  # so far back a run of days is followed


@dataclass(frozen=True)
class Period:
    """A labour month: from ``first`` through ``last``, local days."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The month that it is called after, such as 2026-11."""
        return f"{self.last:%Y-%m}"

    @property
    def days(self) -> Sequence[date]:
        """All of them, in order."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    def window(self, zone: ZoneInfo) -> Span:
        """Its instants on that clock."""
        return Span(midnight(self.first, zone), midnight(self.last + DAY, zone))


@dataclass(frozen=True)
class PersonMonth:
    """``call_outs`` are those with time in the month or begun in it; times are cut at its ends."""

    person_id: str
    period: Period
    standby: Totals
    responses: Totals
    call_outs: tuple[CallOut, ...]
    calls: int
    shortfalls: tuple[Shortfall, ...]
    longest_run: int
    allowances: Allowances


def period_of(year: int, month: int, closing_day: int | None) -> Period:
    """The labour month that is named after that month; it ends with its ``closing_day``, or with its end."""
    if closing_day is None:
        return Period(date(year, month, 1), _first_of_next(year, month) - DAY)
    before = date(year, month, 1) - DAY
    return Period(before.replace(day=closing_day) + DAY, date(year, month, closing_day))


def parse_month(text: str, closing_day: int | None) -> Period:
    """The labour month of that name, such as 2026-11; raises UsageError."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if found is None or not 1900 <= int(found[1]) < 9999:
        raise UsageError(f"{text!r} is no month such as 2026-11.")
    return period_of(int(found[1]), int(found[2]), closing_day)


def period_with(day: date, closing_day: int | None) -> Period:
    """The labour month that holds that local day."""
    this = period_of(day.year, day.month, closing_day)
    if day <= this.last:
        return this
    following = _first_of_next(day.year, day.month)
    return period_of(following.year, following.month, closing_day)


def last_whole(today: date, closing_day: int | None) -> Period:
    """The last labour month that ended before that local day."""
    return period_with(period_with(today, closing_day).first - DAY, closing_day)


def person_month(
    person_id: str,
    period: Period,
    calendar: Calendar,
    zone: ZoneInfo,
    shifts: Iterable[Span],
    called: Sequence[CallOut],
) -> PersonMonth:
    """``shifts`` and ``called`` are the person's own, those around the month too: they are seen whole."""
    window = period.window(zone)
    held = within(shifts, Span(window.start - BEFORE, window.end))  # a shift may have no end at all
    own = [one for one in called if _concerns(one, window)]
    stood_by = list(pieces(within(held, window), calendar, zone))
    responded = list(pieces(within((one.span for one in own), window), calendar, zone))
    begun = [one for one in own if window.holds(one.span.start) and one.standing is not Standing.WITHDRAWN]
    return PersonMonth(
        person_id,
        period,
        totals(stood_by),
        totals(responded),
        tuple(own),
        len(begun),
        tuple(shortfalls((one.span for one in called), period.days, calendar, zone)),
        longest_run(held, zone, period.first, period.last),
        added(_paid(stood_by, responded, begun, calendar, zone, period)),
    )


def _concerns(call_out: CallOut, window: Span) -> bool:
    span = call_out.span
    return window.holds(span.start) or (span.start < window.end and span.end > window.start)


def _paid(
    stood_by: Sequence[Piece],
    responded: Sequence[Piece],
    begun: Sequence[CallOut],
    calendar: Calendar,
    zone: ZoneInfo,
    period: Period,
) -> Iterator[Allowances]:
    """What each version of the rules pays for the days it was in force."""
    for rules, run in groupby(period.days, key=calendar.rulebook.in_force):
        days = set(run)
        yield allowances(
            rules.pay,
            totals(piece for piece in stood_by if piece.day in days),
            totals(piece for piece in responded if piece.day in days),
            sum(one.span.start.astimezone(zone).date() in days for one in begun),
        )


def _first_of_next(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
