from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toban.domain.local_time import midnight
from toban.domain.report.weeks import last_whole_week, parse_week, week_of
from toban.errors import UsageError

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(["monday", "sunday"])
)
def test_a_day_lies_in_its_week_and_the_week_starts_on_the_day_chosen(day, start):
    first = week_of(day, start)
    assert 0 <= (day - first).days < 7
    assert first.strftime("%A").lower() == start


def test_on_monday_morning_in_tokyo_the_week_that_ended_there_is_reported():
    now = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # Monday 00:30 in Tokyo, still Sunday in UTC
    assert last_whole_week(now, TOKYO, "monday") == date(2026, 11, 16)
    assert last_whole_week(now, BERLIN, "monday") == date(2026, 11, 9)


def test_a_week_with_a_clock_change_is_an_hour_longer():
    start = date(2026, 10, 19)
    length = midnight(start + timedelta(weeks=1), BERLIN) - midnight(start, BERLIN)
    assert length == timedelta(weeks=1, hours=1)


@pytest.mark.parametrize("start", ["monday", "sunday"])
def test_an_iso_week_and_its_thursday_name_the_same_week(start):
    assert week_of(parse_week("2026-W46"), start) == week_of(date(2026, 11, 12), start)


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "last", "2026-13-01", "W46"])
def test_what_names_no_week_is_refused_with_the_value(text):
    with pytest.raises(UsageError, match=text):
        parse_week(text)


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31", "9999-W52", "1999-12-31"])
def test_a_week_that_has_no_neighbours_is_none(far):
    with pytest.raises(UsageError, match="names no week"):
        parse_week(far)
