"""Until when an incident is snoozed, on the team's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_samples import TOKYO, local
from toban.domain.presses.nouns import Choice
from toban.domain.presses.snoozing import same_end, snoozed_until

NEW_YORK = ZoneInfo("America/New_York")


def test_hours_are_hours() -> None:
    since = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert snoozed_until(Choice.HOUR, since, TOKYO) == since + timedelta(hours=1)
    assert snoozed_until(Choice.FOUR_HOURS, since, TOKYO) == since + timedelta(hours=4)


@pytest.mark.parametrize(
    ("chosen", "until"),
    [
        (local(TOKYO, 2026, 11, 24, 22), local(TOKYO, 2026, 11, 25, 9)),
        (local(TOKYO, 2026, 11, 24, 3), local(TOKYO, 2026, 11, 24, 9)),
        (local(TOKYO, 2026, 11, 24, 8), local(TOKYO, 2026, 11, 25, 9)),
    ],
)  # fmt: skip
def test_the_morning_is_the_one_after_this_night(chosen: datetime, until: datetime) -> None:
    assert snoozed_until(Choice.MORNING, chosen.astimezone(UTC), TOKYO) == until


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_morning_is_nine_on_the_clock_also_when_clocks_change(since: datetime) -> None:
    until = snoozed_until(Choice.MORNING, since, NEW_YORK)
    assert until.astimezone(NEW_YORK).strftime("%H:%M") == "09:00"
    assert timedelta(hours=3) <= until - since <= timedelta(hours=29)


def test_ends_within_a_minute_are_the_same() -> None:
    end = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert same_end(end + timedelta(seconds=59), end)
    assert not same_end(end + timedelta(seconds=61), end)
    assert not same_end(None, end)
