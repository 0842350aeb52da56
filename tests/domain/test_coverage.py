"""What is covered and what is still to be read, over all orders of windows."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toban.domain.coverage import OVERLAP, Coverage, months
from toban.domain.spans import Span, joined

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def span(first: float, last: float) -> Span:
    return Span(day(first), day(last))


def test_before_the_first_sync_all_is_missing() -> None:
    assert Coverage().missing(day(0), day(10)) == [span(0, 10)]


def test_after_a_sync_only_the_overlap_and_what_is_newer_is_missing() -> None:
    assert Coverage((span(0, 10),)).missing(day(10), day(11)) == [Span(day(10) - OVERLAP, day(11))]


def test_asking_for_the_same_stretch_again_reads_only_the_overlap() -> None:
    assert Coverage((span(0, 10),)).missing(day(0), day(10)) == [Span(day(10) - OVERLAP, day(10))]


def test_an_earlier_beginning_is_read_first() -> None:
    missing = Coverage((span(5, 10),)).missing(day(0), day(11))
    assert missing == [span(0, 5), Span(day(10) - OVERLAP, day(11))]


def test_a_beginning_after_the_last_sync_leaves_no_gap() -> None:
    assert Coverage((span(0, 5),)).missing(day(8), day(9)) == [Span(day(5) - OVERLAP, day(9))]


def test_an_interrupted_backfill_is_continued_where_it_stopped() -> None:
    coverage = Coverage((span(100, 110),)).with_window(span(0, 30))
    assert coverage.missing(day(0), day(110))[0] == span(30, 100)


def test_main_reaches_back_only_when_the_backfill_joins_it() -> None:
    coverage = Coverage((span(60, 90),)).with_window(span(0, 30))
    assert coverage.main == span(60, 90)
    assert coverage.with_window(span(30, 60)).main == span(0, 90)


numbers = st.integers(0, 60)
windows = st.lists(
    st.tuples(numbers, st.integers(1, 20)).map(lambda pair: span(pair[0], sum(pair))), max_size=6
)


@given(windows, numbers, st.integers(1, 30))
def test_storing_what_is_missing_covers_all_that_was_asked_for(
    stored: list[Span], first: int, length: int
) -> None:
    coverage = Coverage()
    for window in stored:
        coverage = coverage.with_window(window)
    asked = span(first, first + length)
    for window in coverage.missing(asked.start, asked.end):
        coverage = coverage.with_window(window)
    assert joined([*coverage.spans, asked]) == list(coverage.spans)


@given(windows)
def test_the_order_of_windows_does_not_matter(stored: list[Span]) -> None:
    forward, backward = Coverage(), Coverage()
    for window in stored:
        forward = forward.with_window(window)
    for window in reversed(stored):
        backward = backward.with_window(window)
    assert forward == backward


def test_months_are_whole_but_for_the_last() -> None:
    assert list(months(span(0, 70))) == [span(0, 30), span(30, 60), span(60, 70)]
