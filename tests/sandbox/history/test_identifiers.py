"""Identifiers that do not repeat."""

import pytest

from toban.sandbox.history.references import Ids


@pytest.mark.parametrize("seed", [0, 1, 7, 2**40])
def test_identifiers_repeat_only_when_all_were_given(seed: int) -> None:
    ids = Ids("Q", 4, seed)
    assert len({ids.next() for _ in range(36**3)}) == 36**3


def test_identifiers_have_the_length_and_letters_of_the_real_ones() -> None:
    ids = Ids("Q", 14, 1)
    for _ in range(100):
        identifier = ids.next()
        assert len(identifier) == 14
        assert identifier.startswith("Q")
        assert identifier.isalnum()
        assert identifier == identifier.upper()
