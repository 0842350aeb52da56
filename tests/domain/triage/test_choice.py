import pytest

from toban.domain.triage.choice import Errors, choose


@pytest.mark.parametrize(
    ("new", "old", "serves"),
    [
        (0.10, None, "new"),
        (0.10, 0.12, "new"),
        (0.12, 0.10, "old"),
        (0.10, 0.10, "old"),
        (0.30, None, None),
        (0.30, 0.30, None),
        (0.30, 0.10, "old"),
        (0.10, 0.30, "new"),
        (0.25, None, None),
    ],
)
def test_the_better_model_serves_if_it_beats_the_base_rate(new, old, serves):
    assert choose(Errors(new, old, base_rate=0.25)).serves == serves


def test_the_reason_names_what_was_compared():
    assert choose(Errors(0.12, 0.10, 0.25)).reason == (
        "no better than the model that serves (0.1200 to 0.1000)"
    )
