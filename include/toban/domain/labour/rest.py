"""What duty leaves of a person's rest, and how many days in a row it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.local_time import DAY, at_clock, local_days
from toban.domain.spans import Span, left_out


@dataclass(frozen=True)
class Shortfall:
    """The longest rest before that day's work began was ``missing`` too short."""

    day: date
    rest: timedelta
    missing: timedelta


def shortfalls(
    call_outs: Iterable[Span], days: Iterable[date], calendar: Calendar, zone: ZoneInfo
) -> list[Shortfall]:
    """The working days whose 24 hours before the usual beginning held no rest as long as the rule asks.

    The usual working hours are duty on working days, the call-outs on all; days whose rules ask for no rest,
    or name no working hours, are left out.
    """
    called = list(call_outs)
    found = (_shortfall(called, day, calendar, zone) for day in days)
    return [shortfall for shortfall in found if shortfall is not None]


def _shortfall(called: list[Span], day: date, calendar: Calendar, zone: ZoneInfo) -> Shortfall | None:
    rule = calendar.rulebook.in_force(day).rest
    if rule.shortest is None or rule.working_hours is None or calendar.kind(day) is not DayKind.WORKDAY:
        return None
    begins = at_clock(day, rule.working_hours.start, zone)
    before = Span(begins - DAY, begins)
    duties = called + [span for each in (day - DAY, day) for span in _work(each, calendar, zone)]
    rest = max((free.length for free in left_out(duties, before)), default=timedelta())
    return Shortfall(day, rest, rule.shortest - rest) if rest < rule.shortest else None


def _work(day: date, calendar: Calendar, zone: ZoneInfo) -> Iterable[Span]:
    hours = calendar.rulebook.in_force(day).rest.working_hours
    if hours is not None and calendar.kind(day) is DayKind.WORKDAY:
        end = day if hours.start < hours.end else day + DAY
        yield Span(at_clock(day, hours.start, zone), at_clock(end, hours.end, zone))


def longest_run(spans: Iterable[Span], zone: ZoneInfo, first: date, last: date) -> int:
    """The most local days in a row that the spans touch, up to ``last``; runs over before ``first`` aside."""
    days = {day for span in spans for day in local_days(span, zone) if day <= last}
    ends = [day for day in days if day >= first and day + DAY not in days]
    return max((_run_until(end, days) for end in ends), default=0)


def _run_until(end: date, days: set[date]) -> int:
    run = 1
    while end - run * DAY in days:
        run += 1
    return run
