"""Log entries of a span, however many: in windows that stay below PagerDuty's ceiling, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from toban.clients.pagerduty.client import PAGE, PagerDuty, Row
from toban.domain.spans import Span
from toban.domain.windows import CEILING, SHORTEST, first_piece, longer, shorter
from toban.errors import PagerDutyRefused

# PagerDuty does not say to which of two neighbouring windows the moment between them belongs.
SEAM = timedelta(seconds=1)
INCLUDED = ("incidents", "channels")


@dataclass(frozen=True)
class Window:
    """A piece of the span, how many rows PagerDuty counted in it, and its pages, newest first."""

    span: Span
    total: int
    pages: Iterator[list[Row]]


def windows(pagerduty: PagerDuty, span: Span) -> Iterator[Window]:
    """Windows that together make up the span; each is to be read to its end before the next is asked for.

    One call finds out how many rows there are; only beyond the ceiling it was in vain. Raises
    PagerDutyRefused if a single second holds more than PagerDuty lists.
    """
    rest, length = span, span.length
    while rest.start < rest.end:
        piece = first_piece(rest, length)
        answer = _page(pagerduty, span, piece, 0)
        total = int(answer.get("total") or 0)
        if total > CEILING:
            length = _shorter(piece, total)
            continue
        yield Window(piece, total, _pages(pagerduty, span, piece, answer))
        rest, length = Span(piece.end, rest.end), longer(piece.length, total)


def _shorter(piece: Span, total: int) -> timedelta:
    if piece.length <= SHORTEST:
        raise PagerDutyRefused(
            f"PagerDuty holds {total} log entries in the one second from {piece.start.isoformat()} and lists only "
            f"{CEILING} for a window; sync the time after it with --since."
        )
    return shorter(piece, total)


def _pages(pagerduty: PagerDuty, span: Span, piece: Span, first: Row) -> Iterator[list[Row]]:
    answer, offset = first, 0
    while True:
        yield answer.get("log_entries") or []
        if not answer.get("more"):
            return
        offset += PAGE
        answer = _page(pagerduty, span, piece, offset)


def _page(pagerduty: PagerDuty, span: Span, piece: Span, offset: int) -> Row:
    since = max(span.start, piece.start - SEAM)
    return pagerduty.get(
        "log_entries",
        since=since,
        until=piece.end,
        include=INCLUDED,
        limit=PAGE,
        offset=offset,
        total=True if offset == 0 else None,
    )
