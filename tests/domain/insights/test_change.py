import pytest

from toban.domain.insights.change import Change, Figure, change, change_of_uptime


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


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (Figure(0.995, 20), Figure(0.99, 20), Change("better", 0.005)),
        (Figure(0.99, 20), Figure(0.995, 20), Change("worse", -0.005)),
        (Figure(0.9909, 20), Figure(0.99, 20), Change("same", 0.0009)),  # a tenth of the time is the least
        (Figure(0.99995, 20), Figure(0.9999, 20), Change("same", 0.00005)),  # half, but nothing one sees
        (Figure(0.9, 9), Figure(0.99, 20), Change("too few")),
        (Figure(1.0, 0), Figure(1.0, 0), Change("none")),
    ],
)
def test_more_uptime_is_better_and_moves_in_points(now: Figure, before: Figure, expected: Change) -> None:
    found = change_of_uptime(now, before)
    assert found.judgement == expected.judgement
    assert found.share == (None if expected.share is None else pytest.approx(expected.share))
