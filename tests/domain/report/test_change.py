import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import report, spread
from toban.domain.report.change import Direction, direction, median_change, relative, usual_median_s, verdict

seconds = st.floats(min_value=0, max_value=1e6)


@pytest.mark.parametrize(
    ("median_s", "usual_s", "expected"),
    [
        (240, 240, Direction.UNCHANGED),
        (329, 300, Direction.UNCHANGED),  # under 10 %
        (265, 240, Direction.UNCHANGED),  # over 10 %, under 30 s
        (331, 300, Direction.WORSE),
        (269, 300, Direction.BETTER),
        (600, 5400, Direction.BETTER),
        (5300, 5400, Direction.UNCHANGED),
    ],
)
def test_a_week_is_better_or_worse_only_by_a_tenth_and_half_a_minute(median_s, usual_s, expected):
    assert verdict(report(median_s, usual_s)).direction is expected


@given(seconds, seconds)
def test_what_is_better_one_way_is_worse_the_other_way_or_too_small_to_say(now, base):
    there, back = direction(now, base), direction(base, now)
    opposite = {Direction.BETTER: Direction.WORSE, Direction.WORSE: Direction.BETTER}
    assert back in {opposite.get(there), Direction.UNCHANGED} or there is Direction.UNCHANGED


@given(seconds)
def test_a_figure_is_unchanged_against_itself(value):
    assert direction(value, value) is Direction.UNCHANGED


@pytest.mark.parametrize("base", [None, 0, -1])
def test_no_percentage_without_a_base_above_zero(base):
    assert relative(10, base) is None


def test_ten_incidents_make_a_trend_and_nine_do_not():
    assert verdict(report(900, incidents=10)).direction is Direction.WORSE
    assert verdict(report(900, incidents=9)).direction is Direction.TOO_FEW


def test_many_incidents_of_which_few_were_acknowledged_make_no_trend():
    assert verdict(report(900, incidents=40, acknowledged=9)).direction is Direction.TOO_FEW


def test_no_percentage_is_shown_where_no_trend_may_be_claimed():
    few = report(900, incidents=9)
    assert median_change(few, "acknowledge") is None
    assert median_change(few, "acknowledge", since=few.before) is None
    assert median_change(report(480, 240), "acknowledge") == pytest.approx(1.0)


def test_less_than_half_of_the_weeks_compared_with_is_no_comparison():
    assert verdict(report(900, history=3)).direction is Direction.NO_COMPARISON
    assert verdict(report(900, history=4)).direction is Direction.WORSE


def test_weeks_the_warehouse_does_not_hold_are_not_compared_with():
    assert len(report(history=5).comparison) == 5


def test_a_week_without_incidents_is_quiet():
    assert verdict(report(None, incidents=0)).direction is Direction.QUIET


def test_a_week_the_warehouse_does_not_hold_is_never_called_quiet():
    held = report(None, incidents=0)
    last = held.weeks[-1]
    missing = report(None, incidents=0, weeks=(*held.weeks[:-1], type(last)(last.start, covered=False)))
    assert verdict(missing).direction is Direction.INCOMPLETE


def test_the_usual_is_the_mean_of_the_weekly_medians_and_skips_weeks_without_one():
    assert usual_median_s([spread(100), spread(None), spread(300)]) == 200
    assert usual_median_s([]) is None


@pytest.mark.parametrize(("median_s", "within"), [(300, True), (301, False)])
def test_the_goal_is_met_when_the_median_reaches_it_exactly(median_s, within):
    assert verdict(report(median_s)).within_goal is within
