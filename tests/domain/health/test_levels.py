"""Each instant on call lies on one level, the lowest, however shifts overlap."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from health_samples import at, shift
from toban.domain.health.levels import level_at, spans_by_level
from toban.domain.labour.standby import standby
from toban.domain.spans import Span, joined

WINDOW = Span(at(0, 0), at(14, 0))
SHIFTS = st.lists(
    st.tuples(st.integers(-2, 15), st.integers(1, 6), st.sampled_from("ab"), st.integers(1, 3)), max_size=12
)


def test_the_lowest_level_counts_where_two_overlap() -> None:
    levels = spans_by_level([shift(0, 3, level=2), shift(1, 2, level=1)], WINDOW)["a"]
    assert levels == {1: [Span(at(1, 0), at(2, 0))], 2: [Span(at(0, 0), at(1, 0)), Span(at(2, 0), at(3, 0))]}
    moments = (at(0, 12), at(1, 12), at(2, 0), at(3, 0))
    assert [level_at(levels, moment) for moment in moments] == [2, 1, 2, None]


@given(SHIFTS)
def test_no_instant_is_lost_and_none_counts_on_two_levels(
    given_shifts: list[tuple[int, int, str, int]],
) -> None:
    shifts = [shift(first, first + days, person, level) for first, days, person, level in given_shifts]
    found = spans_by_level(shifts, WINDOW)
    held = standby(shifts, WINDOW)
    assert found.keys() == held.keys()
    for person, levels in found.items():
        parts = [span for spans in levels.values() for span in spans]
        assert joined(parts) == held[person]
        assert sum((span.length for span in parts), timedelta()) == sum(
            (span.length for span in held[person]), timedelta()
        )
