"""One function per DAG, of its name: what Airflow's task calls. What it returns shows in Airflow's UI."""

import logging
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from toban.clients.warehouse import Snapshot
from toban.domain.report_preview import preview
from toban.domain.report_weeks import last_whole_week
from toban.errors import NoSnapshot
from toban.jobs import announce_shifts as announcing
from toban.jobs import weekly_report as reporting
from toban.jobs.backfill import backfill
from toban.jobs.reconcile_incidents import reconcile_incidents as reconcile
from toban.jobs.sync_incidents import sync_incidents as sync
from toban.jobs.watch_takeovers import watch_takeovers as watch
from toban.settings import Settings
from toban.wiring import build

log = logging.getLogger(__name__)

Summary = dict[str, object]
LEDGER_REACH = timedelta(days=90)  # of messages copied into the warehouse; older ones are there already


def sync_incidents() -> Summary:
    """Pull what changed; gives counts, calls and seconds."""
    settings, now = build.settings(), datetime.now(UTC)
    result = sync(
        build.pagerduty(settings, reserve=build.SYNC_RESERVE),
        build.warehouse(settings),
        now,
        since=now - timedelta(days=settings.pagerduty.history_days),
        hours=settings.business_hours,
        reporting=settings.reporting,
        ledger_rows=build.ledger().rows(now - LEDGER_REACH),
    )
    return asdict(result)


def backfill_incidents(since: str) -> Summary:
    """Pull a longer history, from the UTC midnight of that ISO date on."""
    settings = build.settings()
    result = backfill(
        build.pagerduty(settings, reserve=build.SYNC_RESERVE),
        build.warehouse(settings),
        datetime.now(UTC),
        datetime.combine(date.fromisoformat(since), time(), UTC),
        hours=settings.business_hours,
        reporting=settings.reporting,
        on_progress=lambda advance: log.info(
            "stored up to %s: %d of about %d log entries",
            advance.until,
            advance.log_entries,
            advance.estimate.log_entries,
        ),
    )
    return asdict(result)


def reconcile_incidents() -> Summary:
    """Compare the last 30 days with PagerDuty and mend what differs."""
    settings = build.settings()
    outcome = reconcile(
        build.pagerduty(settings, reserve=build.SYNC_RESERVE),
        build.warehouse(settings),
        datetime.now(UTC),
        hours=settings.business_hours,
        reporting=settings.reporting,
    )
    return {"remote": outcome.remote, "stored": outcome.stored, "refetched": len(outcome.refetched)}


def announce_shifts(team_id: str, action: announcing.Action) -> Summary:
    """Say who is on duty in a team now."""
    settings, slack = build.settings(), build.slack()
    with ExitStack() as open_files:
        result = announcing.announce_shifts(
            settings.team(team_id),
            settings=settings,
            pagerduty=build.pagerduty(settings),
            people=build.people(settings, slack),
            snapshot=_snapshot_if_any(settings, open_files),
            now=datetime.now(UTC),
            voice=build.voice(slack),
            action=action,
        )
    if result.parts:
        log.info("%s", preview(result.parts.message))
    for warning in result.warnings:
        log.warning("%s", warning)
    return {"did": result.did, "warnings": list(result.warnings)}


def watch_takeovers() -> Summary:
    """Say who took over a shift since the announcement."""
    settings, slack = build.settings(), build.slack()
    told = watch(
        settings,
        pagerduty=build.pagerduty(settings),
        people=build.people(settings, slack),
        voice=build.voice(slack),
        now=datetime.now(UTC),
    )
    return {"told": told}


def weekly_report(team_id: str, action: reporting.Action, week: str | None) -> Summary:
    """Report a team's week, which holds that ISO date; by default the last whole one."""
    settings, now = build.settings(), datetime.now(UTC)
    team, warehouse = settings.team(team_id), build.warehouse(settings)
    day = date.fromisoformat(week) if week else last_whole_week(now, team.zone, settings.reporting.week_start)
    with ExitStack() as files:
        made = reporting.weekly_report(
            team,
            settings=settings,
            snapshot=files.enter_context(warehouse.read()),
            restricted=files.enter_context(warehouse.read(restricted=True)) if team.people_channel else None,
            week=day,
            now=now,
            messenger=None if action == "preview" else build.messenger(build.slack()),
            action=action,
        )
    log.info("%s", preview(made.message))
    return {"key": made.key, "channel": made.channel, "action": action}


def _snapshot_if_any(settings: Settings, open_files: ExitStack) -> Snapshot | None:
    try:
        return open_files.enter_context(build.warehouse(settings).read())
    except NoSnapshot:
        return None  # the announcement says so; who is on duty does not wait for the first sync
