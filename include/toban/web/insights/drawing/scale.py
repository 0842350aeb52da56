"""Which of many labels are written where there is room for few."""

import math
from collections.abc import Sequence


def spread_labels(number: int, room: int) -> Sequence[int]:
    """Which of ``number`` labels to write where there is room for ``room``: evenly, counted from the last."""
    step = max(1, math.ceil(number / room))
    return range((number - 1) % step, number, step)
