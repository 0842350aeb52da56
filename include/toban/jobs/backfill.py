"""A longer history, a month at a time, oldest first; a run that was cut off continues where it stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from toban.clients.pagerduty import HISTORY_RESERVE, PagerDuty
from toban.clients.warehouse import Warehouse, Writer
from toban.domain.coverage import months
from toban.domain.spans import Span, left_out
from toban.errors import UsageError
from toban.jobs.sync_directory import directory_is_due, sync_directory
from toban.jobs.sync_incidents import PAGERDUTYS_HOURS, PATIENCE_S, UTC_WEEKS
from toban.jobs.sync_log import sync_log
from toban.jobs.sync_runs import Run, SyncResult, recorded
from toban.jobs.sync_shifts import sync_shifts
from toban.jobs.sync_state import read_coverage
from toban.settings import BusinessHours, ReportingSettings

PAGE = 100
# Of 960 requests a minute, Toban leaves 40 % to others; that is the most it can read in a minute.
CALLS_A_MINUTE = 960 * (1 - HISTORY_RESERVE)


@dataclass(frozen=True)
class Estimate:
    """What PagerDuty says there is to read, and how long that takes at best."""

    log_entries: int

    @property
    def api_calls(self) -> int:
        """A hundred entries a call."""
        return ceil(self.log_entries / PAGE)

    @property
    def length(self) -> timedelta:
        """At the rate limit, less what is left to others."""
        return timedelta(minutes=self.api_calls / CALLS_A_MINUTE)


@dataclass(frozen=True)
class Advance:
    """After each stored month: where it ends, and how much of the estimate is read."""

    until: datetime
    log_entries: int
    estimate: Estimate


Report = Callable[[Advance], None]


def unheard(_: Advance) -> None:
    """For callers that show no progress."""


def backfill(
    pagerduty: PagerDuty,
    warehouse: Warehouse,
    now: datetime,
    since: datetime,
    *,
    hours: BusinessHours = PAGERDUTYS_HOURS,
    reporting: ReportingSettings = UTC_WEEKS,
    on_progress: Report = unheard,
    wait_s: float = PATIENCE_S,
) -> SyncResult:
    """Read all history from ``since`` that is not stored yet, then rebuild, test and publish once.

    The warehouse is held for one month at a time, so that syncs come through in between. What is read is
    complete, and shown as such, when it reaches what was stored before. Raises as ``sync_incidents`` does.
    """
    now = now.replace(microsecond=0)
    if since >= now:
        raise UsageError(f"--since {since.isoformat()} lies ahead; give a day in the past.")
    run = Run("backfill", pagerduty, Span(since, now))
    gaps = _gaps(warehouse, Span(since, now), wait_s)
    estimate = Estimate(sum(_count(pagerduty, gap) for gap in gaps))
    for month in (month for gap in gaps for month in months(gap)):
        with warehouse.write(wait_s=wait_s, purpose="backfill") as writer, recorded(writer, run):
            sync_log(pagerduty, writer, [month], run)
        on_progress(Advance(month.end, run.stored.log_entries, estimate))
    with warehouse.write(wait_s=wait_s, purpose="backfill") as writer:
        with recorded(writer, run):
            _complete(pagerduty, writer, now)
            writer.rebuild_models(hours, reporting)
            writer.check()
        writer.publish()
    return run.result()


def _gaps(warehouse: Warehouse, asked: Span, wait_s: float) -> list[Span]:
    with warehouse.write(wait_s=wait_s, purpose="backfill") as writer:
        return left_out(read_coverage(writer).spans, asked)


def _count(pagerduty: PagerDuty, span: Span) -> int:
    answer = pagerduty.get("log_entries", since=span.start, until=span.end, limit=1, total=True)
    return int(answer.get("total") or 0)


def _complete(pagerduty: PagerDuty, writer: Writer, now: datetime) -> None:
    main = read_coverage(writer).main
    due = directory_is_due(writer, now)
    if main:
        sync_shifts(pagerduty, writer, main.start, main.end, due=due)
    if due:
        sync_directory(pagerduty, writer, now)
