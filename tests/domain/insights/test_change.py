import pytest

from toban.domain.insights.change import Change, Figure, change


@pytest.mark.parametrize(
    ("now", "before", "in_seconds", "expected"),
    [
        (Figure(120, 10), Figure(240, 10), True, Change("better", -0.5)),
        (Figure(240, 10), Figure(120, 10), True, Change("worse", 1.0)),
        (Figure(120, 9), Figure(240, 10), True, Change("too few")),
        (Figure(120, 10), Figure(240, 9), True, Change("too few")),
        (Figure(109, 109), Figure(100, 100), False, Change("same", 0.09)),
        (Figure(20, 10), Figure(40, 10), True, Change("same", -0.5)),  # nobody feels 20 s
        (Figure(20, 20), Figure(40, 40), False, Change("better", -0.5)),
        (Figure(0, 0), Figure(0, 0), False, Change("none")),
        (Figure(None, 0), Figure(None, 0), True, Change("none")),
        (Figure(10, 10), Figure(0, 10), False, Change("too few")),
    ],
)
def test_a_change_is_claimed_where_it_is_felt_and_rests_on_enough(now, before, in_seconds, expected):
    found = change(now, before, in_seconds=in_seconds)
    assert (found.judgement, found.share) == (expected.judgement, pytest.approx(expected.share))
