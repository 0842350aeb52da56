"""An account's history out of a snapshot, as the domain's Evidence. Needs the restricted snapshot."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from toban.clients.report_data import read_report
from toban.clients.report_rows import calls_in, incidents_between, left_out_between
from toban.clients.warehouse import Snapshot, metrics
from toban.clients.warehouse.texts import sql_text
from toban.domain.local_time import midnight
from toban.domain.poc.nouns import Duty, Effort, Evidence, ServiceFigures, gaps
from toban.domain.report.nouns import Spread
from toban.domain.report.scope import Scope
from toban.domain.report.weeks import last_whole_week
from toban.domain.shifts import ALWAYS, NEVER
from toban.domain.spans import Span

AHEAD = timedelta(days=28)  # as far as the sync reads shifts
MOST_SERVICES = 12
Row = dict[str, Any]


def usual_time_zone(snapshot: Snapshot) -> str:
    """The time zone most people in the account have; UTC where none is known."""
    names = [row["time_zone"] for row in snapshot.rows(sql_text("queries/poc_time_zone.sql"))]
    return next((name for name in names if name in available_timezones()), "UTC")


def read_evidence(snapshot: Snapshot, scope: Scope, days: int, now: datetime, effort: Effort) -> Evidence:
    """The last ``days`` local days up to ``now``, and the on-call duty of the next four weeks."""
    local_now = now.astimezone(scope.zone)
    last = local_now.date()
    first = last - timedelta(days=days - 1)
    since, until = midnight(first, scope.zone), midnight(last + timedelta(days=1), scope.zone)
    rows, incidents = incidents_between(snapshot, scope, since, until)
    choice: Row = {"since": first, "until": last, "time_zone": scope.time_zone}
    (whole,) = metrics(snapshot, by=(), **choice)
    ahead = Span(now, now + AHEAD)
    return Evidence(
        first=first,
        last=last,
        now=local_now,
        report=read_report(snapshot, scope, last_whole_week(now, scope.zone, scope.week_start)),
        incidents=incidents,
        acknowledge=_spread(whole, "acknowledged", "mtta"),
        resolve=_spread(whole, "resolved", "mttr"),
        services=_services(metrics(snapshot, by=("service",), **choice)),
        left_out=left_out_between(snapshot, scope, since, until),
        calls=calls_in(rows, incidents),
        gaps=tuple(
            replace(gap, span=_local(gap.span, scope.zone)) for gap in gaps(_duties(snapshot, ahead), ahead)
        ),
        ahead=_local(ahead, scope.zone),
        effort=effort,
    )


def _services(rows: list[Row]) -> tuple[ServiceFigures, ...]:
    figures = [
        ServiceFigures(
            row["service"] or "–",
            row["incidents"],
            _spread(row, "acknowledged", "mtta"),
            _spread(row, "resolved", "mttr"),
        )
        for row in rows
    ]
    return tuple(sorted(figures, key=lambda each: (-each.incidents, each.name))[:MOST_SERVICES])


def _spread(row: Row, count: str, figure: str) -> Spread:
    return Spread(row[count], row[f"{figure}_mean_s"], row[f"{figure}_p50_s"], row[f"{figure}_p90_s"])


def _duties(snapshot: Snapshot, ahead: Span) -> list[Duty]:
    rows = snapshot.rows(sql_text("queries/poc_duties.sql"), {"since": ahead.start, "until": ahead.end})
    return [
        Duty(*key, tuple(_shift(row) for row in level if row["filled"]))
        for key, level in groupby(rows, key=lambda row: (row["policy_id"], row["policy"], row["level"]))
    ]


def _shift(row: Row) -> Span:
    return Span(row["start_at"] or ALWAYS, row["end_at"] or NEVER)


def _local(span: Span, zone: ZoneInfo) -> Span:
    return Span(span.start.astimezone(zone), span.end.astimezone(zone))
