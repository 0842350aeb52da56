"""In which of six shades a number lies; the shade is only a help, the number stands in the cell."""

import math

SHADES = 5


def shade(value: int, most: int) -> int:
    """0 for nothing, else 1 to 5; by the root of the share, so that one storm does not pale all else."""
    return math.ceil(SHADES * math.sqrt(value / most)) if value else 0
