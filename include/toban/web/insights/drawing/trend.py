"""Lines over time with bars of incidents beneath, in a wide shape and one for phones."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from toban.domain.report.labels import ticks
from toban.web.insights.drawing.letters import cut, drawable, width
from toban.web.insights.drawing.scale import spread_labels


@dataclass(frozen=True)
class Point:
    """One bucket: its lines' values in seconds (None: nothing to measure), incidents, and what it says."""

    day: date
    values: Sequence[float | None]
    incidents: int
    label: str
    tip: str
    url: str


@dataclass(frozen=True)
class Mark:
    """A day that matters, such as the one on which announcements began."""

    day: date
    label: str


@dataclass(frozen=True)
class Shape:
    """Width and height, and how many labels fit below."""

    width: int
    height: int
    labels: int


WIDE, NARROW = Shape(640, 250, 8), Shape(350, 220, 4)
LEFT, RIGHT, TOP, BOTTOM = 64, 18, 22, 24
LETTERS = 11.5  # the size of texts
BARS = 0.2  # of the height: enough to see a quiet bucket, too little to hide a line


def trend(
    points: Sequence[Point], marks: Sequence[Mark], last: date, spell: Sequence[str], title: str, shape: Shape
) -> Markup:
    """The SVG up to the day ``last``; ``spell`` are the labels of `ticks_of` these points."""
    drawing = _Drawing(points, shape, last)
    parts = [
        *drawing.grid(spell),
        *drawing.bars(),
        *drawing.marks(marks),
        *drawing.lines(),
        *drawing.hits(),
    ]
    return Markup(  # noqa: S704 - every text in it went through escape
        f'<svg viewBox="0 0 {shape.width} {shape.height}" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )


def ticks_of(points: Sequence[Point]) -> list[int]:
    """The seconds that the axis names."""
    values = [value for point in points for value in point.values if value is not None]
    return ticks(max(values, default=60))


class _Drawing:
    def __init__(self, points: Sequence[Point], shape: Shape, last: date) -> None:
        self._points, self._shape, self._last = points, shape, last
        self._ticks = ticks_of(points)
        self._step = (shape.width - LEFT - RIGHT) / max(len(points), 1)
        self._floor = shape.height - BOTTOM

    def _x(self, index: int) -> float:
        return LEFT + self._step * (index + 0.5)

    def _y(self, seconds: float) -> float:
        return self._floor - (self._floor - TOP) * seconds / self._ticks[-1]

    def grid(self, spell: Sequence[str]) -> list[str]:
        right = self._shape.width - RIGHT
        drawn = []
        for seconds, text in zip(self._ticks, spell, strict=True):
            y = self._y(seconds)
            drawn.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>')
            drawn.append(f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>')
        return drawn + [
            f'<text x="{self._x(index):.1f}" y="{self._shape.height - 6}" text-anchor="middle">'
            f"{escape(self._points[index].label)}</text>"
            for index in spread_labels(len(self._points), self._shape.labels)
        ]

    def bars(self) -> list[str]:
        most = max((point.incidents for point in self._points), default=0) or 1
        width = max(1.0, self._step * 0.64)
        heights = [(self._floor - TOP) * BARS * point.incidents / most for point in self._points]
        return [
            f'<rect class="bar" x="{self._x(index) - width / 2:.1f}" y="{self._floor - height:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}"/>'
            for index, height in enumerate(heights)
        ]

    def marks(self, marks: Sequence[Mark]) -> list[str]:
        """Those within the chart; a label that would lie upon another stands a line lower."""
        if not self._points:
            return []
        days = [point.day for point in self._points]
        inside = sorted(
            (mark for mark in marks if days[0] <= mark.day <= self._last), key=lambda mark: mark.day
        )
        lanes: list[float] = []  # where the last label of each line ends
        return [self._mark(mark, self._x(bisect_right(days, mark.day) - 1), lanes) for mark in inside]

    def _mark(self, mark: Mark, x: float, lanes: list[float]) -> str:
        to_left = x > self._shape.width * 0.6
        room = x - 10 if to_left else self._shape.width - x - 10
        label = cut(drawable(mark.label), LETTERS, room)
        start = x - 5 - width(label, LETTERS) if to_left else x + 5
        lane = next((n for n, end in enumerate(lanes) if end < start), len(lanes))
        lanes[lane : lane + 1] = [start + width(label, LETTERS)]
        y = TOP - 8 + lane * (LETTERS + 2)
        return (
            f'<path class="mark" d="M{x:.1f} {TOP - 6}V{self._floor}"/>'
            f'<text class="mark-label" x="{x + (-5 if to_left else 5):.1f}" y="{y:.1f}" '
            f'text-anchor="{"end" if to_left else "start"}">{escape(label)}</text>'
        )

    def lines(self) -> list[str]:
        number = len(self._points[0].values) if self._points else 0
        return [line for which in reversed(range(number)) for line in self._line(which)]

    def _line(self, which: int) -> list[str]:
        """Broken where there is nothing to measure; a value between two such gaps is a dot."""
        runs: list[list[tuple[float, float]]] = [[]]
        for index, point in enumerate(self._points):
            value = point.values[which]
            if value is None:
                runs.append([])
            else:
                runs[-1].append((self._x(index), self._y(value)))
        name = f"s{which + 1}"
        return [
            f'<path class="line {name}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in run)}"/>'
            if len(run) > 1
            else f'<circle class="f{which + 1}" cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="3"/>'
            for run in runs
            if run
        ]

    def hits(self) -> list[str]:
        """For the pointer; keyboards and screen readers have the table's links."""
        return [
            f'<rect class="hit" x="{self._x(index) - self._step / 2:.1f}" y="{TOP}" width="{self._step:.1f}" '
            f'height="{self._floor - TOP}" data-tip="{escape(point.tip)}" data-url="{escape(point.url)}"/>'
            for index, point in enumerate(self._points)
        ]
