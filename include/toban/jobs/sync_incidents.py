"""What changed in PagerDuty goes into the warehouse: log entries first, all else follows from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Warehouse, Writer
from toban.domain.coverage import Coverage
from toban.domain.spans import Span
from toban.errors import UsageError
from toban.jobs.sync_changes import changes, merge_changes
from toban.jobs.sync_directory import directory_is_due, sync_directory
from toban.jobs.sync_log import Report, sync_log, unheard
from toban.jobs.sync_overrides import sync_overrides
from toban.jobs.sync_runs import Run, SyncResult, recorded
from toban.jobs.sync_shifts import sync_shifts
from toban.jobs.sync_state import read_coverage
from toban.jobs.sync_window import Stored
from toban.settings import BusinessHours, ReportingSettings

FIRST_REACH = timedelta(days=365)  # the same week a year ago; `toban backfill` reaches further back
PATIENCE_S = 60.0  # for the other writer to end
PAGERDUTYS_HOURS = BusinessHours()
UTC_WEEKS = ReportingSettings()
NOTHING_SAID: Mapping[str, Sequence[Mapping[str, Any]]] = {}


def sync_incidents(
    pagerduty: PagerDuty,
    warehouse: Warehouse,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    hours: BusinessHours = PAGERDUTYS_HOURS,
    reporting: ReportingSettings = UTC_WEEKS,
    ledger_rows: Mapping[str, Sequence[Mapping[str, Any]]] = NOTHING_SAID,
    on_progress: Report = unheard,
    wait_s: float = PATIENCE_S,
) -> SyncResult:
    """Read what is missing up to ``until`` (at most ``now``), store it, rebuild, test and publish.

    ``since`` is from when the history shall be complete; by default the last sync, and a year ago for the
    first one. ``ledger_rows`` are copies of the ledger's, by table. What is committed stays, however the run
    ends, and the next one continues there. Raises PagerDutyError, DataTestFailed, and WarehouseBusy if
    another writer holds on for ``wait_s`` seconds.
    """
    until = min(until or now, now).replace(microsecond=0)
    if since is not None and since >= until:
        raise UsageError(f"since ({since.isoformat()}) must be earlier than until ({until.isoformat()}).")
    run = Run("sync", pagerduty)
    with warehouse.write(wait_s=wait_s, purpose="sync") as writer:
        with recorded(writer, run):
            spans = _to_read(read_coverage(writer), since, until)
            run.span = Span(spans[0].start, until)
            sync_log(pagerduty, writer, spans, run, on_progress)
            run.stored += _sync_open_incidents(pagerduty, writer, until)
            _sync_daily(pagerduty, writer, until, now)
            for table, rows in ledger_rows.items():
                writer.merge(table, rows)
            writer.rebuild_models(hours, reporting)
            writer.check()
        writer.publish()
    return run.result()


def _to_read(coverage: Coverage, since: datetime | None, until: datetime) -> list[Span]:
    start = since or (coverage.main.end if coverage.main else until - FIRST_REACH)
    return coverage.missing(start, until) or [Span(until, until)]


def _sync_open_incidents(pagerduty: PagerDuty, writer: Writer, until: datetime) -> Stored:
    """Open incidents also change without a log entry. Those begun after ``until`` wait for their entries."""
    listed = pagerduty.open_incidents()
    begun = [one for one in listed if datetime.fromisoformat(one["created_at"]) < until]
    news = changes(pagerduty, writer, begun)
    with writer.transaction():
        return Stored(incidents=merge_changes(writer, news))


def _sync_daily(pagerduty: PagerDuty, writer: Writer, until: datetime, now: datetime) -> None:
    due = directory_is_due(writer, now)
    main = read_coverage(writer).main
    sync_shifts(pagerduty, writer, main.start if main else until, until, due=due)
    if due:
        sync_directory(pagerduty, writer, now)
        sync_overrides(pagerduty, writer, now)  # after the directory, which names the schedules
