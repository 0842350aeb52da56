"""Local days and times of day, also where clocks jump: no part passes an edge, nothing is lost."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toban.domain.local_time import Daily, at_clock, cut_at, local_days
from toban.domain.spans import Span

STEP = timedelta(minutes=5)
# The day before clocks were changed in 2026, in UTC: forward, back, by half an hour, at midnight.
JUMPS = [
    ("Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 3, 7, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 10, 31, tzinfo=UTC)),
]
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 10, 30, 45]))


@given(st.sampled_from(JUMPS), st.builds(Daily, clocks, clocks))
def test_within_a_part_it_is_either_inside_or_outside_the_stretch(
    jump: tuple[str, datetime], daily: Daily
) -> None:
    zone, start = ZoneInfo(jump[0]), jump[1]
    parts = cut_at(Span(start, start + timedelta(days=2)), lambda _: (daily.start, daily.end), zone)
    assert sum((part.length for part in parts), timedelta()) == timedelta(days=2)
    for part in parts:
        steps = [part.start + n * STEP for n in range(-(-part.length // STEP))]
        locals_ = [step.astimezone(zone) for step in steps]
        assert len({(local.date(), daily.holds(local.time())) for local in locals_}) == 1


def test_a_night_that_ends_in_the_skipped_hour_ends_when_the_clocks_jump() -> None:
    zone = ZoneInfo("Europe/Berlin")
    night = Daily(time(22), time(2, 30))
    span = Span(datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC))
    parts = cut_at(span, lambda _: (night.start, night.end), zone)
    asleep = [part for part in parts if night.holds(part.start.astimezone(zone).time())]
    assert sum((part.length for part in asleep), timedelta()) == timedelta(hours=4)  # 22:00 to 02:00 = 03:00


@pytest.mark.parametrize(
    ("clock", "utc"), [(time(2, 30), (0, 30)), (time(1, 59), (23, 59)), (time(3), (2, 0))]
)
def test_of_a_time_that_comes_twice_the_first_is_meant(clock: time, utc: tuple[int, int]) -> None:
    found = at_clock(date(2026, 10, 25), clock, ZoneInfo("Europe/Berlin"))
    assert (found.hour, found.minute) == utc


def test_a_span_that_ends_at_midnight_does_not_touch_the_next_day() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    midnights = [datetime(2026, 11, day, tzinfo=zone).astimezone(UTC) for day in (9, 11)]
    assert list(local_days(Span(*midnights), zone)) == [date(2026, 11, 9), date(2026, 11, 10)]
