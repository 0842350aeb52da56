"""One function per DAG, of its name: what Airflow's task calls. What it returns shows in Airflow's UI."""

import logging
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from toban.clients.pagerduty import HISTORY_RESERVE
from toban.domain.labour.answers import State
from toban.domain.labour.month import last_whole, parse_month
from toban.domain.preview import preview
from toban.domain.report.weeks import week_meant
from toban.errors import UsageError
from toban.jobs import announce_shifts as announcing
from toban.jobs import weekly_report as reporting
from toban.jobs.backfill import backfill
from toban.jobs.labour.telling import Action as MonthAction
from toban.jobs.reconcile_incidents import reconcile_incidents as reconcile
from toban.jobs.sync_incidents import sync_incidents as sync
from toban.jobs.train_triage import train_triage as train
from toban.wiring import alerts, build, labour, speaking

log = logging.getLogger(__name__)

Summary = dict[str, object]
LEDGER_REACH = timedelta(days=90)  # of what is copied into the warehouse; older rows are there already


def sync_incidents() -> Summary:
    """Pull what changed; gives counts, calls and seconds."""
    settings, now = build.settings(), datetime.now(UTC)
    result = sync(
        build.pagerduty(settings, reserve=HISTORY_RESERVE),
        build.warehouse(settings),
        now,
        since=now - timedelta(days=settings.pagerduty.history_days),
        hours=settings.business_hours,
        reporting=settings.reporting,
        ledger_rows=build.ledger().copies(now - LEDGER_REACH),
    )
    return asdict(result)


def backfill_incidents(since: str) -> Summary:
    """Pull a longer history, from the UTC midnight of that ISO date on."""
    settings = build.settings()
    result = backfill(
        build.pagerduty(settings, reserve=HISTORY_RESERVE),
        build.warehouse(settings),
        datetime.now(UTC),
        _midnight(since),
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
        build.pagerduty(settings, reserve=HISTORY_RESERVE),
        build.warehouse(settings),
        datetime.now(UTC),
        hours=settings.business_hours,
        reporting=settings.reporting,
    )
    return {"remote": outcome.remote, "stored": outcome.stored, "refetched": len(outcome.refetched)}


def announce_shifts(team_id: str, action: announcing.Action) -> Summary:
    """Say who is on duty in a team now."""
    settings = build.settings()
    result = speaking.announcement(settings, settings.team(team_id), datetime.now(UTC), action)
    if result.parts:
        log.info("%s", preview(result.parts.message))
    for warning in result.warnings:
        log.warning("%s", warning)
    return {"did": result.did, "warnings": list(result.warnings)}


def handle_alerts() -> Summary:
    """Call whoever is on duty for what fires; gives rounds, what was done and what is left."""
    return asdict(alerts.alert_pass(build.settings()))


def watch_takeovers() -> Summary:
    """Say who took over a shift since the announcement."""
    return {"told": speaking.takeovers(build.settings(), datetime.now(UTC))}


def health_report(team_id: str, action: reporting.Action, week: str | None) -> Summary:
    """Say the health of a team's on-call below its weekly report; persons are not in the log."""
    settings, now = build.settings(), datetime.now(UTC)
    team = settings.team(team_id)
    day = week_meant(week, now, team.zone, settings.reporting.week_start)
    told = speaking.health(settings, team, day, now, action)
    log.info("%s", preview(told.message))
    return {"key": told.key, "by_person": told.people is not None, "action": action}


def weekly_report(team_id: str, action: reporting.Action, week: str | None) -> Summary:
    """Report a team's week, named by one of its days or as 2026-W46; by default the last whole one."""
    settings, now = build.settings(), datetime.now(UTC)
    team = settings.team(team_id)
    day = week_meant(week, now, team.zone, settings.reporting.week_start)
    made = speaking.report(settings, team, day, now, action)
    log.info("%s", preview(made.message))
    return {"key": made.key, "channel": made.channel, "action": action}


def labour_report(team_id: str, action: MonthAction, month: str | None) -> Summary:
    """Report a team's labour month, by default the last whole one; the log and Airflow name nobody."""
    settings, now = build.settings(), datetime.now(UTC)
    team = settings.team(team_id)
    closing_day, today = team.labour.closing_day, now.astimezone(team.zone).date()
    period = parse_month(month, closing_day) if month else last_whole(today, closing_day)
    made = labour.report(settings, team, period, action, now)
    return {
        "month": period.name,
        "action": action,
        "people": len(made.report.counted.months),
        "open": sum(one.state is State.OPEN for one in made.report.standpoints.values()),
        "closed": made.report.closing is not None,
        "said": made.said,
        "unreached": len(made.unreached),
        "files": [str(file) for file in made.files],
    }


def train_triage() -> Summary:
    """Learn which alerts end by themselves; gives the version that serves, why, and figures."""
    return asdict(train(build.warehouse(build.settings()), datetime.now(UTC)))


def _midnight(day: str) -> datetime:
    """The moment in UTC at which that ISO date begins; raises UsageError."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError:
        raise UsageError(f"{day!r} is no day; write it as 2026-01-31.") from None
