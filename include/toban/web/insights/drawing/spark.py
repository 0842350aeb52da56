"""The course of a figure in the width of a card: without axes, for the shape alone."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, MARGIN = 100.0, 34.0, 3.0


def line(values: Sequence[float | None], *, whole: bool = True) -> Markup:
    """A line from zero upward, or, where not ``whole``, from the least value; empty below two known ones."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return Markup("")
    least = 0.0 if whole else min(value for _, value in known)
    span = max(value for _, value in known) - least or 1.0
    last = len(values) - 1
    spots = [
        (WIDTH * index / last, HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - least) / span)
        for index, value in known
    ]
    course = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    area = f"M{spots[0][0]:.1f} {HEIGHT}L{course}L{spots[-1][0]:.1f} {HEIGHT}Z"
    return _svg(f'<path class="area" d="{area}"/><path class="line s1" d="M{course}"/>')


def stack(kinds: Sequence[tuple[str, Sequence[int]]]) -> Markup:
    """Bars whose parts are of the classes named, the first at the bottom."""
    sums = [sum(parts) for parts in zip(*(values for _, values in kinds), strict=True)]
    most = max(sums, default=0)
    if not most:
        return Markup("")
    step = WIDTH / len(sums)
    drawn, heights = [], [0.0] * len(sums)
    for name, values in kinds:
        for index, value in enumerate(values):
            height = (HEIGHT - MARGIN) * value / most
            heights[index] += height
            if value:
                x, y = (index + 0.1) * step, HEIGHT - heights[index]
                place = f'x="{x:.2f}" y="{y:.2f}" width="{step * 0.8:.2f}" height="{height:.2f}"'
                drawn.append(f'<rect class="{name}" {place}/>')
    return _svg("".join(drawn))


def _svg(inside: str) -> Markup:
    shape = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none"'
    return Markup(f'<svg {shape} aria-hidden="true">{inside}</svg>')  # noqa: S704 - numbers and our own names
