"""Ticks that people read easily, and where a value lies between them."""

import math
from collections.abc import Sequence

# Steps of an axis of seconds: those in which clocks are divided.
SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400)
MOST_STEPS = 4


def seconds_ticks(largest: float) -> list[int]:
    """From 0 up to at least ``largest`` seconds, in at most five steps; days beyond a day."""
    steps = [step for step in SECONDS if largest / step <= MOST_STEPS]
    step = steps[0] if steps else 86_400 * math.ceil(largest / 86_400 / MOST_STEPS)
    return [step * n for n in range(max(1, math.ceil(largest / step)) + 1)]


def spread_labels(number: int, room: int) -> Sequence[int]:
    """Which of ``number`` labels to write where there is room for ``room``: evenly, counted from the last."""
    step = max(1, math.ceil(number / room))
    return range((number - 1) % step, number, step)
