"""Coverage and gaps: whatever the shifts are, together they are the window, and apart they share nothing."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from toban.domain.spans import Span, joined, left_out, within

# Around the day on which New York's clocks go back; Berlin's did so a week before.
EPOCH = datetime(2026, 10, 31, tzinfo=UTC)
moments = st.integers(min_value=0, max_value=96).map(
    lambda half_hours: EPOCH + half_hours * timedelta(minutes=30)
)
spans = st.builds(Span, moments, moments)
windows = st.builds(lambda a, b: Span(min(a, b), max(a, b)), moments, moments)


@given(st.lists(spans), windows)
def test_coverage_and_gaps_partition_the_window(some: list[Span], window: Span) -> None:
    parts = sorted([*within(some, window), *left_out(some, window)])
    if window.start == window.end:
        assert not parts
        return
    assert parts[0].start == window.start
    assert parts[-1].end == window.end
    assert all(earlier.end == later.start for earlier, later in pairwise(parts))
    assert all(part.start < part.end for part in parts)


@given(st.lists(spans), windows, moments)
def test_a_moment_is_a_gap_exactly_when_no_span_holds_it(
    some: list[Span], window: Span, at: datetime
) -> None:
    in_a_gap = any(gap.holds(at) for gap in left_out(some, window))
    assert in_a_gap == (window.holds(at) and not any(span.holds(at) for span in some))


@given(st.lists(spans), moments)
def test_joining_keeps_every_instant_and_leaves_no_two_that_touch(some: list[Span], at: datetime) -> None:
    result = joined(some)
    assert any(span.holds(at) for span in result) == any(span.holds(at) for span in some)
    assert all(earlier.end < later.start for earlier, later in pairwise(result))


@given(st.lists(spans))
def test_joining_twice_changes_nothing_and_order_does_not_matter(some: list[Span]) -> None:
    assert joined(joined(some)) == joined(some) == joined(reversed(some))


@given(st.lists(spans), windows)
def test_gaps_do_not_depend_on_how_duty_is_cut_into_shifts(some: list[Span], window: Span) -> None:
    assert left_out(joined(some), window) == left_out(some, window)


def test_the_window_is_one_gap_where_nobody_is_planned() -> None:
    window = Span(EPOCH, EPOCH + timedelta(days=14))
    assert left_out([], window) == [window]
    assert window.length == timedelta(days=14)
