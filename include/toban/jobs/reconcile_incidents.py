"""Once a week: does the warehouse hold what PagerDuty shows? What differs is read again."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.windows import INCIDENTS, windows
from toban.clients.warehouse import Warehouse, Writer
from toban.domain.spans import Span
from toban.jobs.compare_analytics import Comparison, compare_analytics
from toban.jobs.refetch import refetch
from toban.jobs.sync_changes import newer
from toban.jobs.sync_incidents import PAGERDUTYS_HOURS, PATIENCE_S, UTC_WEEKS
from toban.jobs.sync_runs import Run, SyncResult, recorded
from toban.jobs.sync_state import REMOTE_TOTAL, iso, read_coverage
from toban.settings import BusinessHours, ReportingSettings

log = logging.getLogger(__name__)
Row = dict[str, Any]
REACH = timedelta(days=30)


@dataclass
class Reconciled:
    """How many incidents PagerDuty and the warehouse have now, which were read again, and the figures."""

    remote: int = 0
    stored: int = 0
    refetched: list[str] = field(default_factory=list)
    comparison: Comparison = field(default_factory=Comparison)
    result: SyncResult | None = None


def reconcile_incidents(
    pagerduty: PagerDuty,
    warehouse: Warehouse,
    now: datetime,
    *,
    hours: BusinessHours = PAGERDUTYS_HOURS,
    reporting: ReportingSettings = UTC_WEEKS,
    wait_s: float = PATIENCE_S,
) -> Reconciled:
    """Compare the incidents of the last 30 days, refetch what differs, compare figures, publish.

    Only what the syncs should have brought is looked at; before the first sync there is nothing to do.
    Raises as ``sync_incidents`` does.
    """
    run, outcome = Run("reconcile", pagerduty), Reconciled()
    with warehouse.write(wait_s=wait_s, purpose="reconcile") as writer:
        main = read_coverage(writer).main
        if main is None:
            return outcome
        run.span = Span(max(main.start, now - REACH), main.end)
        with recorded(writer, run):
            for listed in _listed(pagerduty, run.span):
                _reconcile_some(pagerduty, writer, listed, run, outcome)
            outcome.stored = _count(writer, run.span)
            writer.rebuild_models(hours, reporting)
            outcome.comparison = compare_analytics(pagerduty, writer, run.span.start, now)
            writer.set_state(REMOTE_TOTAL, _total(run.span, outcome))
            writer.check()
        writer.publish()
    _tell(outcome)
    outcome.result = run.result()
    return outcome


def _listed(pagerduty: PagerDuty, span: Span) -> Iterator[list[Row]]:
    for window in windows(pagerduty, span, INCIDENTS):
        rows = {incident["id"]: incident for page in window.pages for incident in page}
        # At the seam of two windows an incident is listed in both.
        yield [row for row in rows.values() if window.span.holds(datetime.fromisoformat(row["created_at"]))]


def _reconcile_some(
    pagerduty: PagerDuty, writer: Writer, listed: list[Row], run: Run, outcome: Reconciled
) -> None:
    differing = newer(writer, listed)
    outcome.remote += len(listed)
    outcome.refetched += [incident["id"] for incident in differing]
    run.stored += refetch(pagerduty, writer, differing)


def _count(writer: Writer, span: Span) -> int:
    asked = "select count(*) as incidents from incidents where created_at >= ? and created_at < ?"
    return int(writer.rows(asked, [span.start, span.end])[0]["incidents"])


def _total(span: Span, outcome: Reconciled) -> str:
    found = {
        "since": iso(span.start),
        "until": iso(span.end),
        "remote": outcome.remote,
        "stored": outcome.stored,
    }
    figures = outcome.comparison
    return json.dumps(found | {"compared": figures.incidents, "differences": len(figures.differences)})


def _tell(outcome: Reconciled) -> None:
    log.info("PagerDuty shows %d incidents, the warehouse has %d", outcome.remote, outcome.stored)
    if outcome.refetched:
        log.warning(
            "%d incidents differed and were read again: %s", len(outcome.refetched), outcome.refetched[:20]
        )
    if outcome.comparison.unavailable:
        log.info("figures were not compared: %s", outcome.comparison.unavailable)
    for difference in outcome.comparison.differences[:20]:
        log.warning("PagerDuty's figure differs: %s", difference)
