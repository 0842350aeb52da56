"""Stretches of time that belong to a person, and how they lie over each other."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Span(NamedTuple):
    """`start` belongs to it, `end` does not; both aware."""

    start: datetime
    end: datetime
    user_id: str


def clip(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """What lies between the two moments."""
    cut = (span._replace(start=max(span.start, since), end=min(span.end, until)) for span in spans)
    return [span for span in cut if span.start < span.end]


def cover(below: list[Span], above: list[Span]) -> list[Span]:
    """`above` wins wherever both are; each list is sorted and free of overlaps, and so is the answer."""
    kept = list(above)
    place = 0
    for span in below:
        while place < len(above) and above[place].end <= span.start:
            place += 1
        start = span.start
        for top in above[place:]:
            if top.start >= span.end:
                break
            if start < top.start:
                kept.append(Span(start, top.start, span.user_id))
            start = max(start, top.end)
        if start < span.end:
            kept.append(Span(start, span.end, span.user_id))
    return sorted(kept)


def join(spans: Iterable[Span]) -> list[Span]:
    """Neighbours of the same person become one stretch; the input is sorted."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].user_id == span.user_id and joined[-1].end == span.start:
            joined[-1] = joined[-1]._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def coverage_percentage(spans: Iterable[Span], since: datetime, until: datetime) -> float:
    """How much of the time between the moments somebody covers, 0 to 100."""
    whole = (until - since).total_seconds()
    covered = sum((span.end - span.start).total_seconds() for span in clip(spans, since, until))
    return round(100 * covered / whole, 2) if whole else 0.0
