"""Overtime, worked out by hand: exact to the minute; and whatever was worked, no minute is lost."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.labour.labour_cases import moment
from domain.labour.overtime_rows import (
    BOOKS,
    HOUR,
    LIMITS,
    MINUTE,
    WITH_OVERTIME,
    attended,
    bands,
    month_name,
    table,
)
from toban.domain.labour.agreement import months_needed, readings
from toban.domain.labour.attendance import Clocked, Counted, worked
from toban.domain.labour.days import Calendar
from toban.domain.labour.limits import RoundingRule
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.overtime import Bands, added, bands_by_day
from toban.domain.labour.overtime_month import OvertimeMonth, overtime_month
from toban.domain.labour.rules import PayRule, Rulebook
from toban.domain.spans import Span, joined

TOKYO = ZoneInfo("Asia/Tokyo")
NOVEMBER = MonthName(2026, 11)


def named(name: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in table(name)]


@pytest.mark.parametrize("case", named("overtime_cases.toml"))
def test_the_bands_of_the_days(case: dict[str, Any]) -> None:
    zone, calendar = ZoneInfo(case.get("zone", "Asia/Tokyo")), Calendar(BOOKS[case.get("rules", "eight")])
    calls = [Span(moment(start, zone), moment(end, zone)) for start, end in case.get("calls", ())]
    rows = [attended(row) for row in case["attended"]]
    duties = worked(rows, calls, calendar, zone, sums_hold_calls=case.get("sums_hold_calls", False))
    closing = case.get("closing_day")
    found = bands_by_day(duties, calendar, closing)
    expected = case.get("months") or {"2026-11": case["bands"]}
    by_month = {
        name: added(found[day] for day in days_of(name, closing) if day in found) for name in expected
    }
    known = case.get("night_known", True)
    assert by_month == {name: bands(each, night_known=known) for name, each in expected.items()}
    assert sum((one.total for one in by_month.values()), timedelta()) == added(found.values()).total


def days_of(name: str, closing_day: int | None) -> list[date]:
    return list(month_name(name).period(closing_day).days)


@pytest.mark.parametrize("case", named("agreement_cases.toml"))
def test_where_a_person_stands_against_the_limits(case: dict[str, Any]) -> None:
    known = {
        month_name(name): Bands(overtime=overtime * HOUR, holiday=holiday * HOUR)
        for name, (overtime, holiday) in case["months"].items()
    }
    found = readings(LIMITS, month_name(case["at"]), known)
    assert {str(one.limit): said(one.value, one.missing, one.passed) for one in found} == case["readings"]


def said(value: timedelta | int | None, missing: tuple[MonthName, ...], passed: bool) -> list[Any]:
    if value is None:
        return [" ".join(map(str, missing)), passed]
    return [value / HOUR if isinstance(value, timedelta) else value, passed]


def november(rows: list[list[Any]], book: Rulebook = BOOKS["eight"]) -> OvertimeMonth:
    return overtime_month(
        "U1", NOVEMBER, Calendar(book), TOKYO, [attended(row) for row in rows], [],
        closing_day=None, sums_hold_calls=False,
    )  # fmt: skip


def test_a_month_without_attendance_is_not_computed_instead_of_zero() -> None:
    found = november([["2026-10-30", 480, 0]])
    assert (found.bands, found.pay, found.days_attended) == (None, None, 0)
    assert found.readings[0].missing == (NOVEMBER,)


def test_a_week_of_which_the_beginning_is_not_known_makes_its_month_unknown() -> None:
    """December 2026 begins on a Tuesday: its first week began in November."""
    rows = [attended(["2026-12-01", 480, 0])]
    december = overtime_month(
        "U1", MonthName(2026, 12), Calendar(BOOKS["eight"]), TOKYO, rows, [],
        closing_day=None, sums_hold_calls=False,
    )  # fmt: skip
    assert december.bands is None


def test_a_month_that_begins_with_its_week_needs_none_before() -> None:
    assert november([["2026-11-02", 500, 0]]).bands == bands({"within": 480, "overtime": 20})


def test_each_band_is_paid_with_its_premium_by_the_rules_of_its_day() -> None:
    pay = PayRule(hourly=Decimal(2_000), night_premium=Decimal("0.25"))
    book = Rulebook((replace(WITH_OVERTIME, pay=pay),))
    found = november([["2026-11-02", 540, 60], ["2026-11-08", 60, 0]], book).pay
    assert found is not None
    assert (found.overtime, found.long, found.holiday, found.night) == (2_500, 0, 2_000, 500)


def test_without_an_hourly_rate_nothing_is_priced() -> None:
    assert november([["2026-11-02", 540, 0]]).pay is None


def test_a_night_that_is_not_told_is_unknown_not_zero() -> None:
    found = november([["2026-11-02", 540], ["2026-11-03", 540, 0]]).bands
    assert found is not None
    assert found.night is None


@pytest.mark.parametrize(
    ("total", "rounded"), [(89, 60), (90, 120), (29, 0), (30, 60), (60, 60), (0, 0), (1_859, 1_860)]
)
def test_a_total_under_thirty_minutes_is_cut_and_else_a_whole_hour(total: int, rounded: int) -> None:
    assert RoundingRule(HOUR, 30 * MINUTE).of(total * MINUTE) == rounded * MINUTE


@pytest.mark.parametrize(
    ("day", "closing", "name"),
    [
        (date(2026, 12, 20), 20, "2026-12"), (date(2026, 12, 21), 20, "2027-01"),
        (date(2026, 11, 30), None, "2026-11"), (date(2026, 1, 1), 20, "2026-01"),
    ],
)  # fmt: skip
def test_a_day_lies_in_the_labour_month_that_ends_with_the_closing_day(
    day: date, closing: int | None, name: str
) -> None:
    found = MonthName.holding(day, closing)
    assert str(found) == name
    assert day in found.period(closing).days


def test_the_limits_look_at_the_agreement_s_year_and_six_months_back() -> None:
    assert [str(one) for one in months_needed(LIMITS, MonthName(2026, 5))] == [
        "2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-12",
    ]  # fmt: skip
    assert len(months_needed(LIMITS, MonthName(2027, 3))) == 12


days = st.dates(date(2026, 10, 1), date(2026, 12, 1))
minutes = st.integers(0, 24 * 60).map(lambda count: count * MINUTE)
calls = st.lists(st.tuples(days, minutes, minutes).map(lambda each: stretch(*each)), max_size=6)


def stretch(day: date, start: timedelta, length: timedelta) -> Span:
    begins = moment(f"{day}T00:00", TOKYO) + start
    return Span(begins, begins + length)


@st.composite
def clocked(draw: st.DrawFn) -> list[Clocked]:
    """Rows that do not overlap: one a day, within the day."""
    rows = []
    for day in draw(st.lists(days, max_size=40, unique=True)):
        start, end = sorted((draw(minutes), draw(minutes)))
        rows.append(Clocked(day, start, end))
    return rows


@given(clocked(), calls, st.sampled_from(list(BOOKS.values())))
def test_the_bands_partition_what_was_worked(rows: list[Clocked], called: list[Span], book: Rulebook) -> None:
    calendar = Calendar(book)
    found = added(
        bands_by_day(worked(rows, called, calendar, TOKYO, sums_hold_calls=False), calendar, 20).values()
    )
    there = [stretch(row.day, row.start, row.end - row.start) for row in rows]
    assert found.total == sum((one.length for one in joined([*there, *called])), timedelta())
    assert found.night is not None
    assert timedelta() <= found.night <= found.total


@given(st.lists(st.tuples(days, minutes), max_size=60, unique_by=lambda each: each[0]))
def test_no_day_and_no_week_has_more_within_the_legal_hours_than_they_allow(
    given_days: list[tuple[date, timedelta]],
) -> None:
    calendar = Calendar(BOOKS["eight"])
    rows = [Counted(day, time) for day, time in given_days]
    found = bands_by_day(worked(rows, [], calendar, TOKYO, sums_hold_calls=False), calendar, None)
    assert added(found.values()).total == sum((time for _, time in given_days), timedelta())
    weeks: dict[date, timedelta] = {}
    for day, one in found.items():
        sunday = day - timedelta(days=(day.weekday() + 1) % 7)
        weeks[sunday] = weeks.get(sunday, timedelta()) + one.within
        assert one.within <= 8 * HOUR
    assert all(within <= 40 * HOUR for within in weeks.values())
