"""On which day a labour month is reported, and which month a day belongs to."""

from datetime import date

import pytest

from toban.domain.labour.due import report_day
from toban.domain.labour.month import last_whole, parse_month, period_of, period_with
from toban.errors import UsageError
from toban.jobs.labour.calendar import calendar_of
from toban.settings.labour import TeamLabour


@pytest.mark.parametrize(
    ("month", "closing_day", "preset", "day"),
    [
        ((2026, 10), None, "japan", date(2026, 11, 2)),  # the 1st is a Sunday
        ((2026, 12), None, "japan", date(2027, 1, 4)),  # New Year, Saturday, Sunday
        ((2026, 12), None, "plain", date(2027, 1, 1)),  # knows no public holidays
        ((2026, 4), 28, "japan", date(2026, 4, 30)),  # the 29th is a holiday
        ((2026, 9), 20, "japan", date(2026, 9, 24)),  # Monday to Wednesday are holidays
    ],
)
def test_the_first_working_day_after_the_month(
    month: tuple[int, int], closing_day: int | None, preset: str, day: date
) -> None:
    period = period_of(*month, closing_day)
    labour = TeamLabour.model_validate({"preset": preset})
    assert report_day(period, calendar_of(labour, period)) == day


def test_a_team_that_never_works_is_reported_all_the_same() -> None:
    every_day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    labour = TeamLabour.model_validate({"rules": {"days": {"off": every_day}}})
    period = period_of(2026, 11, None)
    assert report_day(period, calendar_of(labour, period)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "closing_day", "month"),
    [
        (date(2026, 12, 1), None, "2026-11"),
        (date(2026, 11, 30), None, "2026-10"),
        (date(2026, 11, 20), 20, "2026-10"),
        (date(2026, 11, 21), 20, "2026-11"),
        (date(2026, 12, 31), 28, "2026-12"),
        (date(2027, 1, 1), None, "2026-12"),
    ],
)
def test_the_last_whole_month_ended_before_today(today: date, closing_day: int | None, month: str) -> None:
    assert last_whole(today, closing_day).name == month


def test_every_day_belongs_to_the_month_that_holds_it() -> None:
    for closing_day in (None, 1, 20, 28):
        for month in range(1, 13):
            period = period_of(2026, month, closing_day)
            assert {period_with(day, closing_day) for day in period.days} == {period}


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "26-11", "2026-11-01", "0001-01", "9999-12", "２０２６-11"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no month such as 2026-11"):
        parse_month(text, None)
