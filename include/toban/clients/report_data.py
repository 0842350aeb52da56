"""A team's week out of a snapshot of the warehouse, as the domain's Report. No judgement here."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from toban.clients.report_rows import (
    Row,
    bounds,
    calls_in,
    incidents_between,
    left_out_between,
    rows_of,
    values_of,
)
from toban.clients.runbook_fired import fired_of
from toban.clients.warehouse import Snapshot
from toban.domain.local_time import midnight
from toban.domain.report.chart import WEEKS_SHOWN
from toban.domain.report.nouns import (
    Freshness,
    Incident,
    Note,
    PersonCalls,
    Report,
    ServiceWeek,
    Spread,
    Week,
)
from toban.domain.report.scope import Scope
from toban.domain.report.thread import LONGEST, by_length
from toban.domain.report.weeks import FIRST_WEEKDAY, week_of
from toban.domain.runbooks.coverage import Fired


def read_report(snapshot: Snapshot, scope: Scope, day: date) -> Report:
    """The report on the week of ``day``; weeks are cut on the local midnights of the scope's zone."""
    start = week_of(day, scope.week_start)
    freshness = _freshness(snapshot, scope, start)
    weeks, night_calls = _weeks(snapshot, scope, start, freshness)
    report = Report(
        team=scope.name,
        time_zone=scope.time_zone,
        goal_s=scope.goal_s,
        trend_weeks=scope.trend_weeks,
        weeks=weeks,
        left_out=left_out_between(snapshot, scope, *bounds(scope, start)),
        freshness=freshness,
        improvements_since=scope.improvements_since,
    )
    rows, incidents = incidents_between(snapshot, scope, *bounds(scope, start))
    before = night_calls.get(start - timedelta(weeks=1)) if report.before else None
    return replace(
        report,
        incidents=_with_notes(snapshot, incidents),
        calls=replace(calls_in(rows, incidents), sleep_week_before=before),
        services=_services(snapshot, scope, report),
    )


def read_people(restricted: Snapshot, scope: Scope, day: date) -> tuple[PersonCalls, ...]:
    """Who was called in the week of ``day``, most nightly calls first; needs the restricted snapshot."""
    values = values_of(scope, *bounds(scope, week_of(day, scope.week_start)))
    return tuple(PersonCalls(**row) for row in rows_of(restricted, "report_people", values))


def read_week_alerts(snapshot: Snapshot, scope: Scope, day: date) -> list[Fired]:
    """What fired in the team's week of ``day``, as coverage by runbooks is measured."""
    values = values_of(scope, *bounds(scope, week_of(day, scope.week_start)))
    return fired_of(rows_of(snapshot, "report_fired", values))


def _weeks(
    snapshot: Snapshot, scope: Scope, start: date, freshness: Freshness
) -> tuple[tuple[Week, ...], dict[date, int]]:
    """Every week of the chart and the comparison, also quiet ones; and the night calls of each."""
    number = max(WEEKS_SHOWN, scope.trend_weeks + 1)
    starts = [start - timedelta(weeks=back) for back in reversed(range(number))]
    since, until = midnight(starts[0], scope.zone), bounds(scope, start)[1]
    values = values_of(scope, since, until) | {
        "time_zone": scope.time_zone,
        "week_shift": -FIRST_WEEKDAY[scope.week_start] % 7,
    }
    found = {row["week"]: row for row in rows_of(snapshot, "report_weeks", values)}
    weeks = tuple(_week(each, found.get(each), scope, freshness) for each in starts)
    return weeks, {each: found[each]["night_calls"] if each in found else 0 for each in starts}


def _week(start: date, row: Row | None, scope: Scope, freshness: Freshness) -> Week:
    since, until = bounds(scope, start)
    covered = (
        freshness.covered_since is not None
        and freshness.synced_until is not None
        and freshness.covered_since <= since
        and freshness.synced_until >= until
    )
    if row is None:
        return Week(start, covered=covered)
    return Week(
        start,
        row["incidents"],
        Spread(row["acknowledged"], row["mtta_mean_s"], row["mtta_p50_s"], row["mtta_p90_s"]),
        Spread(row["resolved"], row["mttr_mean_s"], row["mttr_p50_s"], row["mttr_p90_s"]),
        covered,
    )


def _with_notes(snapshot: Snapshot, incidents: tuple[Incident, ...]) -> tuple[Incident, ...]:
    """The incidents, the longest ones with their notes: no others are shown with them."""
    longest = {each.id for each in by_length(incidents)[:LONGEST]}
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    for row in rows_of(snapshot, "report_notes", {"incidents": sorted(longest)}):
        notes[row["incident_id"]].append(Note(row["user_name"] or "", row["content"] or ""))
    return tuple(
        replace(each, notes=tuple(notes[each.id])) if each.id in notes else each for each in incidents
    )


def _services(snapshot: Snapshot, scope: Scope, report: Report) -> tuple[ServiceWeek, ...]:
    """Counted over the same weeks as the comparison; uncovered weeks come first, so they are cut off."""
    start, number = report.week.start, len(report.comparison)
    values = values_of(scope, *bounds(scope, start)) | {
        "goal_s": scope.goal_s,
        "compared_since": midnight(start - timedelta(weeks=number), scope.zone),
    }
    return tuple(
        ServiceWeek(
            row["service"] or "",
            row["incidents"],
            row["slow"],
            row["incidents_before"] / number if number else 0.0,
            row["slow_before"] / number if number else 0.0,
            tuple(row["ids"] or ()),
        )
        for row in rows_of(snapshot, "report_services", values)
        if row["incidents"]
    )


def _freshness(snapshot: Snapshot, scope: Scope, start: date) -> Freshness:
    since, until = bounds(scope, start)
    row = rows_of(snapshot, "report_freshness", {"since": since, "until": until})[0]
    totals = json.loads(row["remote_total"] or "{}")
    return Freshness(
        synced_until=snapshot.synced_until and snapshot.synced_until.astimezone(scope.zone),
        covered_since=_moment(row["covered_since"], scope),
        stored=totals.get("stored"),
        remote=totals.get("remote"),
        api_calls=None if row["api_calls"] is None else int(row["api_calls"]),
    )


def _moment(text: str | None, scope: Scope) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(scope.zone)
