"""Rows of a span, however many: in windows that stay below PagerDuty's ceiling, oldest first."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from toban.clients.pagerduty.client import PAGE, PagerDuty, Row
from toban.domain.spans import Span
from toban.domain.windows import CEILING, SHORTEST, first_piece, longer, shorter
from toban.errors import PagerDutyRefused

# PagerDuty does not say to which of two neighbouring windows the moment between them belongs.
SEAM = timedelta(seconds=1)


@dataclass(frozen=True)
class Listing:
    """What is listed by time: its path, the answer's key, further parameters."""

    path: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


LOG_ENTRIES = Listing("log_entries", "log_entries", {"include": ("incidents", "channels")})
# Without include[]: a shift's names are in the directory.
ON_CALLS = Listing("oncalls", "oncalls")
INCIDENTS = Listing("incidents", "incidents", {"sort_by": "created_at:desc"})


@dataclass(frozen=True)
class Window:
    """A piece of the span, how many rows PagerDuty counted in it, and its pages.

    Nothing else may be asked of PagerDuty between two pages: it wants serial requests.
    """

    span: Span
    total: int
    pages: Iterator[list[Row]]


def windows(pagerduty: PagerDuty, span: Span, listing: Listing = LOG_ENTRIES) -> Iterator[Window]:
    """Windows that together make up the span; each is to be read to its end before the next is asked for.

    The call that counts the rows also brings the first hundred; only beyond the ceiling it was in vain.
    Raises PagerDutyRefused if a single second holds more than PagerDuty lists.
    """
    rest, length = span, span.length
    while rest.start < rest.end:
        piece = first_piece(rest, length)
        asked = Span(max(span.start, piece.start - SEAM), piece.end)
        answer = _page(pagerduty, listing, asked, 0)
        total = int(answer.get("total") or 0)
        if total > CEILING:
            length = _shorter(piece, total, listing)
            continue
        yield Window(piece, total, _pages(pagerduty, listing, asked, answer))
        rest, length = Span(piece.end, rest.end), longer(piece.length, total)


def _shorter(piece: Span, total: int, listing: Listing) -> timedelta:
    if piece.length <= SHORTEST:
        raise PagerDutyRefused(
            f"PagerDuty holds {total} {listing.key} in the one second from {piece.start.isoformat()} and "
            f"lists only {CEILING} for a window; sync the time after it with --since."
        )
    return shorter(piece, total)


def _pages(pagerduty: PagerDuty, listing: Listing, asked: Span, first: Row) -> Iterator[list[Row]]:
    """While a page is worked on, the next one is on its way: still one request at a time."""
    answer, offset = first, 0
    with ThreadPoolExecutor(max_workers=1) as ahead:
        while True:
            offset += PAGE
            coming = ahead.submit(_page, pagerduty, listing, asked, offset) if answer.get("more") else None
            yield answer.get(listing.key) or []
            if coming is None:
                return
            answer = coming.result()


def _page(pagerduty: PagerDuty, listing: Listing, asked: Span, offset: int) -> Row:
    moments = {"since": asked.start, "until": asked.end}
    page = {"limit": PAGE, "offset": offset, "total": True if offset == 0 else None}
    return pagerduty.get(listing.path, **listing.params, **moments, **page)
