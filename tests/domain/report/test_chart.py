from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import GOAL_S, MONDAY, report
from toban.domain.report.chart import trend_chart
from toban.domain.report.labels import APART, MOST_STEPS, apart, keep_apart, ticks
from toban.locale import language

EN, JA = language("en"), language("ja")


@given(st.floats(min_value=1, max_value=1e7))
def test_ticks_start_at_zero_reach_the_highest_value_and_are_few(highest_s):
    at = ticks(highest_s)
    assert at[0] == 0
    assert at[-1] >= highest_s
    assert len(at) <= MOST_STEPS + 1


@given(st.lists(st.floats(min_value=0, max_value=1000), min_size=1, max_size=3))
def test_labels_never_lie_on_each_other_and_keep_their_order(places):
    moved = keep_apart(places, top=1000)
    order = sorted(range(len(places)), key=lambda i: places[i])
    heights = [moved[i] for i in order]
    assert all(b - a >= APART * 1000 - 1e-6 for a, b in pairwise(heights))
    assert max(moved) <= 1000


def test_labels_that_are_far_apart_stay_where_they_are():
    assert keep_apart([100, 500, 900], top=1000) == [100, 500, 900]


def test_twelve_weeks_are_shown_and_the_one_reported_is_marked():
    rows = trend_chart(report(), EN).data["weeks"]
    assert len(rows) == 12
    assert [row["week"] for row in rows if row["current"]] == [MONDAY.isoformat()]


def test_a_week_the_warehouse_does_not_hold_is_a_gap_and_not_a_zero():
    missing = trend_chart(report(history=8), EN).data["weeks"][0]
    assert missing["median_s"] is None
    assert missing["count"] == "–"


@pytest.mark.parametrize(
    ("since", "weeks"), [(date(2026, 11, 4), ["2026-11-02"]), (date(2026, 1, 1), []), (None, [])]
)
def test_the_marker_stands_at_the_week_improvements_began_if_it_is_shown(since, weeks):
    data = trend_chart(replace(report(), improvements_since=since), EN).data
    assert [row["week"] for row in data["marker"]] == weeks


def test_the_alternative_text_says_what_the_picture_shows():
    assert trend_chart(report(330, 240), JA).alt.endswith("中央値 5分30秒、90%点 16分30秒、目標 5分、20件。")


def test_one_bad_weeks_p90_does_not_flatten_the_medians_but_is_written_at_the_edge():
    made = report(240, 240)
    bad = replace(made.weeks[4], acknowledge=replace(made.weeks[4].acknowledge, p90_s=9000.0))
    data = trend_chart(replace(made, weeks=(*made.weeks[:4], bad, *made.weeks[5:])), EN).data
    top = data["ticks"][-1]["at_s"]
    assert top <= 5 * GOAL_S * 2
    assert [(row["week"], row["label"]) for row in data["beyond"]] == [
        (bad.start.isoformat(), "▲ 2 h 30 min")
    ]
    assert max(row["p90_shown_s"] or 0 for row in data["weeks"]) == top


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=12))
def test_values_beyond_the_edge_are_never_written_beside_each_other(values):
    chosen = apart(values, floor=50)
    assert all(b - a > 1 for a, b in pairwise(chosen))
    over = [value for value in values if value is not None and value > 50]
    assert bool(chosen) is bool(over)
