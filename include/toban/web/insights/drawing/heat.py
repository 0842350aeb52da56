"""Hours of the week in six shades; the shade is only a help, the number stands in the cell."""

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

SHADES = 5
LEFT, TOP, WIDE, HIGH, GAP = 64, 20, 30, 26, 2


def shade(value: int, most: int) -> int:
    """0 for nothing, else 1 to 5; by the root of the share, so that one storm does not pale all else."""
    return math.ceil(SHADES * math.sqrt(value / most)) if value else 0


def heat(weekdays: Sequence[str], counts: Mapping[tuple[int, int], int]) -> Markup:
    """The map for a picture; ``counts`` maps (weekday from 1, hour) to a number, ``weekdays`` are names."""
    most = max(counts.values(), default=0)
    hours = [
        f'<text x="{LEFT + (hour + 0.5) * WIDE}" y="14" text-anchor="middle">{hour}</text>'
        for hour in range(24)
    ]
    rows = [
        part
        for place, name in enumerate(weekdays)
        for part in (
            f'<text x="8" y="{TOP + place * HIGH + 17}">{escape(name)}</text>',
            *(_cell(place, hour, counts.get((place + 1, hour), 0), most) for hour in range(24)),
        )
    ]
    size = f"0 0 {LEFT + 24 * WIDE + 8} {TOP + 7 * HIGH + 8}"
    return Markup(f'<svg viewBox="{size}">{"".join(hours + rows)}</svg>')  # noqa: S704 - names went through escape


def _cell(row: int, hour: int, value: int, most: int) -> str:
    x, y, depth = LEFT + hour * WIDE, TOP + row * HIGH, shade(value, most)
    drawn = f'<rect class="h{depth}" x="{x}" y="{y}" width="{WIDE - GAP}" height="{HIGH - GAP}" rx="3"/>'
    tone = "on-dark" if depth > SHADES - 2 else "in"
    middle = x + (WIDE - GAP) / 2
    return drawn + (
        f'<text class="{tone}" x="{middle}" y="{y + 16}" text-anchor="middle">{value}</text>' if value else ""
    )
