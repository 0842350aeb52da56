"""Cutting a span so that no piece has more rows than PagerDuty lists (10,000)."""

from datetime import timedelta

from toban.domain.spans import Span

CEILING = 10_000
# Aimed at, not the ceiling: rows are never spread evenly, and a piece that is too full costs a call.
AIMED_AT = 8_000
SHORTEST = timedelta(seconds=1)  # PagerDuty's moments have whole seconds


def shorter(span: Span, rows: int) -> timedelta:
    """How long a piece of the span should be, given that the whole holds ``rows`` (more than the ceiling).

    At most half of the span, so that it ends also where all rows sit in one corner; whole seconds, at least
    one.
    """
    share = span.length * (AIMED_AT / rows)
    length = min(share, span.length / 2)
    return max(SHORTEST, timedelta(seconds=int(length.total_seconds())))


def longer(length: timedelta, rows: int) -> timedelta:
    """How long the next piece should be after one of ``length`` that held ``rows``; at most four times it."""
    factor = AIMED_AT / rows if rows else 4.0
    seconds = int(length.total_seconds() * min(factor, 4.0))
    return max(SHORTEST, timedelta(seconds=seconds))


def first_piece(span: Span, length: timedelta) -> Span:
    """The oldest piece of that length; all of the span if it is not longer."""
    return Span(span.start, min(span.start + length, span.end))
