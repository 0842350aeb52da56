"""Four weeks of one escalation policy: a row for each level, a bar for each shift, red where nobody is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from toban.domain.spans import Span

WIDTH, LEFT, ROW, HEAD, GAP = 1120, 74, 30, 26, 3
COLOURS = 8


@dataclass(frozen=True)
class Bar:
    """A shift, cut to the window: ``colour`` is 0 to 7, one a person; None is a gap."""

    span: Span
    text: str
    tip: str
    colour: int | None


@dataclass(frozen=True)
class Line:
    """A row of bars that do not overlap; a level has more than one where several are on call together."""

    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class DayMark:
    """A day's beginning, its number, and whether it is one of a weekend."""

    start: datetime
    label: str
    weekend: bool


def calendar(
    window: Span, days: Sequence[DayMark], lines: Sequence[Line], now: datetime, title: str
) -> Markup:
    """The SVG; its texts are in the table beside it too."""
    height = HEAD + ROW * len(lines)

    def x(moment: datetime) -> float:
        return LEFT + (WIDTH - LEFT) * ((moment - window.start) / window.length)

    parts = [_day(day, x(day.start), (WIDTH - LEFT) / len(days), height) for day in days]
    for index, line in enumerate(lines):
        top = HEAD + ROW * index
        parts.append(f'<text x="4" y="{top + ROW / 2 + 4}">{escape(line.label)}</text>')
        parts += [_bar(bar, x(bar.span.start), x(bar.span.end), top) for bar in line.bars]
    if window.holds(now):
        parts.append(f'<path class="now" d="M{x(now):.1f} {HEAD - 6}V{height}"/>')
    return Markup(  # noqa: S704 - every text in it went through escape
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _day(day: DayMark, x: float, width: float, height: int) -> str:
    shade = f'<rect class="weekend" x="{x:.1f}" y="0" width="{width:.1f}" height="{height}"/>'
    label = f'<text x="{x + 4:.1f}" y="15">{escape(day.label)}</text>'
    return (shade if day.weekend else "") + f'<path class="grid" d="M{x:.1f} 0V{height}"/>' + label


def _bar(bar: Bar, start: float, end: float, top: int) -> str:
    width = max(2.0, end - start - 1)
    name = "gap" if bar.colour is None else f"who who-{bar.colour}"
    letters = int((width - 8) / 12)  # of Japanese, which are the widest
    text = bar.text if len(bar.text) <= letters else f"{bar.text[: letters - 1]}…" if letters > 2 else ""
    return (
        f'<g class="{name}"><rect x="{start + 0.5:.1f}" y="{top + GAP}" width="{width:.1f}" '
        f'height="{ROW - 2 * GAP}" rx="4" data-tip="{escape(bar.tip)}"/>'
        f'<text x="{start + 6:.1f}" y="{top + ROW / 2 + 4}">{escape(text)}</text></g>'
    )
