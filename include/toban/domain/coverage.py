"""Which stretches of PagerDuty's history are stored without a gap, and what is still to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.spans import Span, joined, left_out

OVERLAP = timedelta(minutes=15)  # an entry may show up late: each sync reads this much again
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Coverage:
    """What is stored: spans in order that do not touch. An unfinished backfill leaves more than one."""

    spans: tuple[Span, ...] = ()

    @property
    def main(self) -> Span | None:
        """The span that reaches up to the last sync; None before the first."""
        return self.spans[-1] if self.spans else None

    def with_window(self, window: Span) -> "Coverage":
        """What is covered once this window is stored too."""
        return Coverage(tuple(joined([*self.spans, window])))

    def missing(self, since: datetime, until: datetime) -> list[Span]:
        """What to read so that [since, until) and all up to the last sync is covered, oldest first.

        The last 15 minutes of what is stored before ``until`` are always read again. A ``since`` after the
        last sync would leave a gap, so reading begins at that sync then.
        """
        if self.main is None:
            return joined([Span(since, until)])
        gaps = left_out(self.spans, Span(min(since, self.main.end), until))
        end = min(self.main.end, until)
        again = Span(max(end - OVERLAP, self.main.start), until)
        return joined([*gaps, again])


def months(span: Span) -> Iterator[Span]:
    """The span in pieces of 30 days, oldest first; the last may be shorter."""
    start = span.start
    while start < span.end:
        end = min(start + MONTH, span.end)
        yield Span(start, end)
        start = end
