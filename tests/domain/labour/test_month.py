"""A person's month: cut at its ends, priced by the rules of each day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.labour.labour_cases import JP, moment
from toban.domain.labour.callouts import call_outs
from toban.domain.labour.corrections import Correction, Verdict, corrected
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import Period, PersonMonth, period_of, person_month
from toban.domain.labour.nouns import CallOut, Deed
from toban.domain.labour.rules import PayRule, Rulebook, Rules
from toban.domain.shifts import ALWAYS, NEVER
from toban.domain.spans import Span

TOKYO = ZoneInfo("Asia/Tokyo")
NOVEMBER = period_of(2026, 11, None)
PAY = PayRule(
    standby={DayKind.WORKDAY: Decimal(1_000), DayKind.LEGAL_HOLIDAY: Decimal(2_400)},
    call_out=Decimal(500),
    hourly=Decimal(2_000),
    premium={DayKind.LEGAL_HOLIDAY: Decimal("0.35")},
    night_premium=Decimal("0.25"),
)
PAYING = replace(JP, pay=PAY)


def tokyo(text: str) -> Span:
    """``from/until`` on Tokyo's clock."""
    start, end = text.split("/")
    return Span(moment(start, TOKYO), moment(end, TOKYO))


def called(*acts: str) -> list[CallOut]:
    """A call-out for each moment: acted once, so a quarter of an hour."""
    deeds = [Deed("aiko", f"Q{n}", moment(at, TOKYO), acted=True) for n, at in enumerate(acts)]
    return call_outs(deeds, lambda _person, _at: JP.call_out)


def month(
    *shifts: str,
    calls: list[CallOut] | None = None,
    period: Period = NOVEMBER,
    rules: tuple[Rules, ...] = (PAYING,),
) -> PersonMonth:
    calendar = Calendar(Rulebook(rules))
    return person_month("aiko", period, calendar, TOKYO, [tokyo(shift) for shift in shifts], calls or [])


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ((2026, 11, None), date(2026, 11, 1), date(2026, 11, 30)),
        ((2026, 2, None), date(2026, 2, 1), date(2026, 2, 28)),
        ((2026, 12, None), date(2026, 12, 1), date(2026, 12, 31)),
        ((2026, 11, 20), date(2026, 10, 21), date(2026, 11, 20)),
        ((2026, 1, 20), date(2025, 12, 21), date(2026, 1, 20)),
    ],
)
def test_a_month_ends_with_its_closing_day(
    given: tuple[int, int, int | None], first: date, last: date
) -> None:
    assert period_of(*given) == Period(first, last)


def test_closing_days_leave_no_day_out_and_take_none_twice() -> None:
    months = [period_of(2025 + n // 12, n % 12 + 1, 20) for n in range(36)]
    assert all(later.first - earlier.last == timedelta(days=1) for earlier, later in pairwise(months))


def test_a_call_over_the_month_s_end_counts_once_and_its_minutes_in_both() -> None:
    calls = called("2026-11-30T23:50")
    november, december = month(calls=calls), month(calls=calls, period=period_of(2026, 12, None))
    assert (november.calls, december.calls) == (1, 0)
    assert (november.responses.total, december.responses.total) == (
        timedelta(minutes=10),
        timedelta(minutes=5),
    )
    assert november.call_outs == december.call_outs == tuple(calls)


def test_a_run_of_days_that_began_last_month_is_counted_whole() -> None:
    days = [f"2026-10-{day}T10:00/2026-10-{day}T18:00" for day in (29, 30, 31)]
    assert month(*days, "2026-11-01T10:00/2026-11-01T18:00").longest_run == 4
    assert month(*days).longest_run == 0


def test_standby_is_paid_in_proportion_and_by_kind_of_day() -> None:
    # Sunday 12:00 to Monday 06:00: half a legal holiday and a quarter of a working day
    paid = month("2026-11-08T12:00/2026-11-09T06:00").allowances
    assert (paid.standby, paid.call_outs, paid.response) == (Decimal(1_200 + 250), 0, 0)


def test_calls_are_paid_by_piece_and_by_hour_with_the_premiums_of_their_time() -> None:
    # Sunday 23:50 to 00:05: 10 min at 2,000 × 1.60, 5 min at 2,000 × 1.25
    paid = month(calls=called("2026-11-08T23:50")).allowances
    assert paid.call_outs == 500
    assert paid.response is not None
    assert round(paid.response, 6) == round(
        Decimal(2_000) * (Decimal(10) * Decimal("1.6") + 5 * Decimal("1.25")) / 60, 6
    )


def test_without_an_hourly_rate_what_the_calls_pay_is_unknown_not_zero() -> None:
    paid = month(
        calls=called("2026-11-10T10:00"), rules=(replace(PAYING, pay=replace(PAY, hourly=None)),)
    ).allowances
    assert (paid.response, paid.total) == (None, 500)


def test_rules_that_change_in_the_middle_pay_each_day_by_its_own() -> None:
    doubled = replace(PAY, standby={DayKind.WORKDAY: Decimal(2_000)})
    later = replace(PAYING, since=date(2026, 11, 17), pay=doubled)
    paid = month("2026-11-16T00:00/2026-11-18T00:00", rules=(PAYING, later)).allowances
    assert paid.standby == 1_000 + 2_000


def test_a_withdrawn_call_is_shown_and_neither_counted_nor_paid() -> None:
    (call,) = called("2026-11-10T10:00")
    withdrawn = corrected(
        [call], [Correction(call.key, Verdict.WITHDRAW, "boss", call.span.end, "a test alert")]
    )
    found = month(calls=withdrawn)
    assert (found.calls, found.responses.total, found.allowances.total) == (0, timedelta(), 0)
    assert len(found.call_outs) == 1


def test_who_is_always_on_call_stands_by_for_the_whole_month() -> None:
    calendar, always = Calendar(Rulebook((PAYING,))), Span(ALWAYS, NEVER)
    found = person_month("aiko", NOVEMBER, calendar, TOKYO, [always], [])
    assert (found.standby.total, found.longest_run) == (timedelta(days=30), 30 + 62)
