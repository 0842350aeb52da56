from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toban.domain.insights.buckets import MOST, buckets, fitting_unit, last_day

UNITS = ("day", "week", "month")
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(0, 800), st.sampled_from(UNITS), st.sampled_from(["monday", "sunday"]))
def test_buckets_hold_every_day_once(since, length, unit, week_start):
    until = since + timedelta(days=length)
    found = buckets(since, until, unit, week_start)
    assert found[0] <= since
    assert last_day(found[-1], unit) >= until
    assert all(last_day(one, unit) + timedelta(days=1) == other for one, other in pairwise(found))
    if unit == "week":
        assert {day.strftime("%A").lower() for day in found} == {week_start}


@given(days, st.integers(0, 10_000), st.sampled_from([None, *UNITS]))
def test_a_chart_never_has_more_points_than_can_be_seen(since, length, wanted):
    until = since + timedelta(days=length)
    assert len(buckets(since, until, fitting_unit(since, until, wanted), "monday")) <= MOST + 2


@pytest.mark.parametrize(
    ("length", "wanted", "unit"),
    [(7, None, "day"), (31, None, "day"), (32, None, "week"), (365, None, "week"), (401, None, "month"),
     (365, "day", "day"), (401, "day", "month"), (401, "week", "week")],
)  # fmt: skip
def test_a_wish_is_met_unless_it_is_too_fine(length, wanted, unit):
    since = date(2026, 1, 1)
    assert fitting_unit(since, since + timedelta(days=length - 1), wanted) == unit
