"""Where a chart's ticks and labels go, so that they are round and do not lie on each other."""

from collections.abc import Sequence
from itertools import pairwise

# Durations people read at a glance; the first step that needs at most four of them is taken.
STEPS_S = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400)
MOST_STEPS = 4
APART = 0.13  # of the axis: the height of one line of text in charts/weekly_trend.json


def ticks(highest_s: float) -> list[int]:
    """Seconds from 0 to the first round step at or above ``highest_s``."""
    step = next((each for each in STEPS_S if highest_s <= each * MOST_STEPS), None)
    if step is None:
        days = -(-highest_s // (STEPS_S[-1] * MOST_STEPS))
        step = int(days) * STEPS_S[-1]
    count = max(1, int(-(-highest_s // step)))
    return [step * each for each in range(count + 1)]


def apart(values: Sequence[float | None], floor: float) -> list[int]:
    """Where to write values above ``floor``: the highest first, and none beside one already chosen."""
    over = [i for i, value in enumerate(values) if value is not None and value > floor]
    chosen: list[int] = []
    for i in sorted(over, key=lambda i: -(values[i] or 0)):
        if not {i - 1, i + 1} & set(chosen):
            chosen.append(i)
    return sorted(chosen)


def keep_apart(places: Sequence[float], top: float) -> list[float]:
    """The places, in their order, moved up as little as keeps each a text's height from the next.

    What would leave the axis at the top is moved down again, with everything it meets.
    """
    gap = APART * top
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    ceiling = top
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved
