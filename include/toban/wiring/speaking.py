"""What a DAG's run and a command do alike: announcement, takeovers, weekly report and health."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime

from toban.clients.runbook_warm import WarmRunbooks
from toban.clients.slack import Slack
from toban.clients.warehouse import Snapshot
from toban.errors import NoSnapshot, SettingsError
from toban.jobs import announce_shifts as announcing
from toban.jobs import weekly_report as reporting
from toban.jobs.health.telling import ToldHealth, tell_health
from toban.jobs.health_report import health_report
from toban.jobs.watch_takeovers import watch_takeovers
from toban.settings import Settings, Team
from toban.wiring import build


def announcement(
    settings: Settings, team: Team, at: datetime, action: announcing.Action
) -> announcing.Result:
    """Announce who is on duty at that moment; a preview needs neither Slack nor ledger."""
    slack, warnings = _slack(action)
    with ExitStack() as open_files:
        result = announcing.announce_shifts(
            team,
            settings=settings,
            pagerduty=build.pagerduty(settings),
            people=build.people(settings, slack) if slack else None,
            snapshot=_snapshot_if_any(settings, open_files),
            now=at,
            voice=build.voice(slack) if slack and action != "preview" else None,
            action=action,
        )
    return replace(result, warnings=(*warnings, *result.warnings))


def takeovers(settings: Settings, at: datetime) -> list[str]:
    """Say who took over since the announcements; gives the keys of what was said."""
    slack = build.slack()
    return watch_takeovers(
        settings,
        pagerduty=build.pagerduty(settings),
        people=build.people(settings, slack),
        voice=build.voice(slack),
        now=at,
    )


def report(
    settings: Settings, team: Team, week: date, now: datetime, action: reporting.Action
) -> reporting.WeeklyReport:
    """Report the week which holds that day; a preview needs neither Slack nor ledger."""
    warehouse = build.warehouse(settings)
    with ExitStack() as open_files:
        restricted = warehouse.read(restricted=True) if team.people_channel else None
        return reporting.weekly_report(
            team,
            settings=settings,
            snapshot=open_files.enter_context(warehouse.read()),
            restricted=open_files.enter_context(restricted) if restricted else None,
            week=week,
            now=now,
            messenger=None if action == "preview" else build.messenger(build.slack()),
            runbooks=WarmRunbooks(settings.runbooks.directory, build.ledger),
            action=action,
        )


def health(settings: Settings, team: Team, week: date, now: datetime, action: reporting.Action) -> ToldHealth:
    """Say the health of the week which holds that day; a preview needs neither Slack nor ledger."""
    with build.warehouse(settings).read(restricted=True) as restricted:
        report = health_report(team, settings=settings, restricted=restricted, week=week, now=now)
    slack = None if action == "preview" else build.slack()
    messenger = build.messenger(slack) if slack else None
    return tell_health(report, team, messenger=messenger, slack=slack, action=action)


def _slack(action: announcing.Action) -> tuple[Slack | None, tuple[str, ...]]:
    """Slack, or in a preview without a token none, and why people stand there by name."""
    try:
        return build.slack(), ()
    except SettingsError as error:
        if action != "preview":
            raise
        return None, (f"Mentions are not resolved. {error}",)


def _snapshot_if_any(settings: Settings, open_files: ExitStack) -> Snapshot | None:
    try:
        return open_files.enter_context(build.warehouse(settings).read())
    except NoSnapshot:
        return None  # the announcement says so; who is on duty does not wait for the first sync
