"""Cutting spans below the ceiling."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toban.domain.spans import Span
from toban.domain.windows import AIMED_AT, CEILING, SHORTEST, first_piece, longer, shorter

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_span_with_ten_times_too_much_is_cut_into_what_fits_on_average() -> None:
    length = shorter(Span(START, START + 10 * DAY), 80_000)
    assert length == DAY * (10 * AIMED_AT / 80_000)


@given(st.integers(2, 10**7), st.integers(CEILING + 1, 10**7))
def test_every_cut_at_least_halves_so_that_cutting_ends(seconds: int, rows: int) -> None:
    span = Span(START, START + timedelta(seconds=seconds))
    assert SHORTEST <= shorter(span, rows) <= span.length / 2


@given(st.integers(1, 10**6), st.integers(0, CEILING))
def test_a_piece_grows_at_most_four_times(seconds: int, rows: int) -> None:
    length = timedelta(seconds=seconds)
    assert SHORTEST <= longer(length, rows) <= 4 * length


def test_the_last_piece_ends_with_the_span() -> None:
    span = Span(START, START + DAY)
    assert first_piece(span, 3 * DAY) == span
    assert first_piece(span, DAY / 2).end == START + DAY / 2
