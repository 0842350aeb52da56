"""Stretches of history, window by window; each is committed before the next is asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.windows import windows
from toban.clients.warehouse import Writer
from toban.domain.spans import Span
from toban.jobs.sync_runs import Run
from toban.jobs.sync_window import store_window


@dataclass(frozen=True)
class Progress:
    """After each committed window: the share done [0, 1] of all the time to read, and the entries so far."""

    share: float
    log_entries: int


Report = Callable[[Progress], None]


def unheard(_: Progress) -> None:
    """For callers that show no progress."""


def sync_log(
    pagerduty: PagerDuty, writer: Writer, spans: Iterable[Span], run: Run, on_progress: Report = unheard
) -> None:
    """Store the log entries of these spans, in their order, and add to ``run`` what was news."""
    spans = list(spans)
    whole = sum((span.length for span in spans), timedelta())
    done = timedelta()
    for span in spans:
        for window in windows(pagerduty, span):
            run.stored += store_window(pagerduty, writer, window)
            done += window.span.length
            on_progress(Progress(done / whole, run.stored.log_entries))
