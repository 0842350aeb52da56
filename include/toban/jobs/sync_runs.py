"""The book of runs: each leaves one row in `sync_runs`, also one that fails."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Writer
from toban.domain.spans import Span
from toban.errors import TobanError
from toban.jobs.sync_state import write_rate_limit
from toban.jobs.sync_window import Stored


@dataclass(frozen=True)
class SyncResult:
    """Rows that were news, requests sent, and seconds taken."""

    incidents: int
    log_entries: int
    api_calls: int
    seconds: float


@dataclass
class Run:
    """A run under way; ``span`` is what it asks PagerDuty for."""

    kind: str
    pagerduty: PagerDuty
    span: Span | None = None
    stored: Stored = field(default_factory=Stored)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _clock: float = field(default_factory=time.monotonic)
    _calls: int = 0

    def __post_init__(self) -> None:
        self._calls = self.pagerduty.api_calls

    def result(self) -> SyncResult:
        """What it did so far."""
        seconds = round(time.monotonic() - self._clock, 3)
        calls = self.pagerduty.api_calls - self._calls
        return SyncResult(self.stored.incidents, self.stored.log_entries, calls, seconds)


@contextmanager
def recorded(writer: Writer, run: Run) -> Iterator[None]:
    """Write the run down when it ends, with its error if it fails in a way Toban knows."""
    try:
        yield
    except TobanError as error:
        _write_down(writer, run, str(error))
        raise
    _write_down(writer, run, None)


def _write_down(writer: Writer, run: Run, error: str | None) -> None:
    writer.merge("sync_runs", [_row(run, error)])
    write_rate_limit(writer, run.pagerduty.rate_limit, datetime.now(UTC))


def _row(run: Run, error: str | None) -> dict[str, Any]:
    result = run.result()
    return {
        "id": run.id,
        "kind": run.kind,
        "started_at": run.started_at,
        "finished_at": datetime.now(UTC),
        "window_start": run.span.start if run.span else None,
        "window_end": run.span.end if run.span else None,
        "incidents": result.incidents,
        "log_entries": result.log_entries,
        "api_calls": result.api_calls,
        "seconds": result.seconds,
        "error": error,
    }
