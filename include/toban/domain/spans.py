"""Stretches of time: joining them, and finding what they leave out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """From ``start`` up to, but without, ``end``; both aware. An empty or backward span covers nothing."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Time elapsed, also over a change of the clocks."""
        return self.end - self.start

    def holds(self, moment: datetime) -> bool:
        """Whether ``moment`` lies inside."""
        return self.start <= moment < self.end


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same instants in order, as few spans as possible: touching and overlapping ones become one."""
    result: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def within(spans: Iterable[Span], window: Span) -> list[Span]:
    """The joined spans, cut to the window."""
    cut = (Span(max(span.start, window.start), min(span.end, window.end)) for span in spans)
    return joined(cut)


def left_out(spans: Iterable[Span], window: Span) -> list[Span]:
    """The parts of the window that none of the spans covers, in order."""
    result: list[Span] = []
    reached = window.start
    for span in within(spans, window):
        if reached < span.start:
            result.append(Span(reached, span.start))
        reached = span.end
    if reached < window.end:
        result.append(Span(reached, window.end))
    return result
