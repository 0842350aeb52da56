"""Stacked bars over a few weeks, each with its sum above and its name below."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from toban.web.insights.drawing.scale import spread_labels

WIDTH, HEIGHT, TOP, BOTTOM, EDGE = 1120, 190, 20, 22, 8
FULL = 0.62  # of a bar's place


def bars(kinds: Sequence[tuple[str, Sequence[int]]], labels: Sequence[str], title: str) -> Markup:
    """The SVG; ``kinds`` are classes with their numbers, the first at the bottom; the table has them too."""
    sums = [sum(numbers) for numbers in zip(*(numbers for _, numbers in kinds), strict=True)]
    step, most = (WIDTH - 2 * EDGE) / max(len(sums), 1), max(sums, default=0) or 1
    unit, floor = (HEIGHT - TOP - BOTTOM) / most, HEIGHT - BOTTOM
    drawn = [f'<path class="grid" d="M{EDGE} {floor}H{WIDTH - EDGE}"/>']
    heights = [0.0] * len(sums)
    for name, numbers in kinds:
        for place, number in enumerate(numbers):
            heights[place] += number * unit
            x, y = EDGE + step * (place + (1 - FULL) / 2), floor - heights[place]
            size = f'width="{step * FULL:.1f}" height="{number * unit:.1f}"'
            drawn.append(f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" {size}/>')
    drawn += [
        _text(EDGE + step * (place + 0.5), floor - heights[place] - 5, str(each))
        for place, each in enumerate(sums)
    ]
    drawn += [
        _text(EDGE + step * (place + 0.5), HEIGHT - 6, labels[place])
        for place in spread_labels(len(labels), 26)
    ]
    return Markup(  # noqa: S704 - every text in it went through escape
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{"".join(drawn)}</svg>'
    )


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'
