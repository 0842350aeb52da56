"""The weekly report: read the week, judge it, say it once; the details in its thread."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from toban.clients import charts
from toban.clients.messenger import Messenger
from toban.clients.report_data import read_people, read_report, read_week_alerts
from toban.clients.runbook_warm import WarmRunbooks
from toban.clients.slack import Posted
from toban.clients.warehouse import Snapshot
from toban.domain.effect.nouns import Effect
from toban.domain.local_time import midnight
from toban.domain.message import Message
from toban.domain.report.chart import TrendChart, trend_chart
from toban.domain.report.message import report_message
from toban.domain.report.nouns import Report
from toban.domain.report.pages import WeekPages
from toban.domain.report.people import people_message
from toban.domain.report.scope import Scope
from toban.domain.report.thread import thread_messages
from toban.domain.report.weeks import week_of
from toban.domain.runbooks.coverage import Gap, gaps
from toban.errors import SettingsError, UsageError
from toban.jobs.claims import claims_of
from toban.jobs.compare_effect import compare_effect, first_reminder
from toban.locale import language
from toban.settings import Settings, Team

Action = Literal["post", "preview", "correct"]
CHART = "weekly_trend"  # of toban/charts


@dataclass(frozen=True)
class WeeklyReport:
    """What was said, or in a preview would be: the message, its thread, the chart, and calls by person."""

    report: Report
    key: str
    channel: str
    message: Message
    thread: tuple[Message, ...]
    chart: TrendChart
    people: Message | None = None
    posted: Posted | None = None

    @property
    def png(self) -> bytes:
        """The chart drawn."""
        return charts.png(CHART, self.chart.data)


def weekly_report(
    team: Team,
    *,
    settings: Settings,
    snapshot: Snapshot,
    week: date,
    now: datetime,
    messenger: Messenger | None = None,
    restricted: Snapshot | None = None,
    runbooks: WarmRunbooks | None = None,
    action: Action = "post",
) -> WeeklyReport:
    """Report the week that the day ``week`` lies in (weeks of the settings, midnights of the team).

    ``post`` says it once, however often it is called; ``correct`` edits what was said; ``preview`` says
    nothing and needs no messenger. Calls by person come from ``restricted`` and go to the team's people
    channel alone, never in mode observe. Without ``runbooks`` nothing is said of them. Raises UsageError
    when there is nothing to correct.
    """
    amiss = _amiss(team, settings, snapshot, runbooks, week, now) if runbooks else ()
    prepared = _prepared(team, settings, snapshot, restricted, week, now, amiss)
    if action == "preview" or messenger is None:
        return prepared
    if action == "correct":
        return _corrected(prepared, messenger, team)
    return _posted(prepared, messenger, team)


def scope_of(team: Team, settings: Settings) -> Scope:
    """Whose incidents the team's report is about; what other teams claim is not among them."""
    if not (team.services or team.escalation_policies or team.pagerduty_teams):
        raise SettingsError(
            f"Team {team.id!r} claims no incidents; name its services, escalation_policies or "
            "pagerduty_teams in toban.toml."
        )
    return Scope(
        name=team.name,
        time_zone=team.time_zone,
        goal_s=team.mtta_goal_s,
        week_start=settings.reporting.week_start,
        trend_weeks=settings.reporting.trend_weeks,
        improvements_since=settings.reporting.improvements_since,
        claims=claims_of(team, settings),
    )


def report_key(team: Team, start: date) -> str:
    """What the report on the week that starts on that day is said under."""
    return f"weekly:{team.id}:{start}"


def _prepared(
    team: Team,
    settings: Settings,
    snapshot: Snapshot,
    restricted: Snapshot | None,
    week: date,
    now: datetime,
    amiss: tuple[Gap, ...],
) -> WeeklyReport:
    say, scope = language(team.language), scope_of(team, settings)
    report = read_report(snapshot, scope, week)
    report = replace(
        report,
        pages=WeekPages(settings.reporting.airflow_url, team.id, team.time_zone, report.week.start),
        gaps=amiss,
        effect=_effect(snapshot, scope, report.last_day, first_reminder(team)),
    )
    observing = team.mode == "observe"
    people = None
    if restricted is not None and team.people_channel and not observing:
        people = people_message(report, read_people(restricted, scope, week), say)
    return WeeklyReport(
        report=report,
        key=report_key(team, week_of(week, scope.week_start)),
        channel=_channel(team, settings),
        message=report_message(report, say, now),
        thread=thread_messages(report, say),
        chart=trend_chart(report, say),
        people=people,
    )


def _amiss(
    team: Team, settings: Settings, snapshot: Snapshot, runbooks: WarmRunbooks, week: date, now: datetime
) -> tuple[Gap, ...]:
    """By the alerts of the week, what the team's people said, and the day after which nothing is told."""
    scope = scope_of(team, settings)
    last_day = week_of(week, scope.week_start) + timedelta(days=6)
    fired = read_week_alerts(snapshot, scope, week)
    said = runbooks.said(now, team.id)
    stale_after = settings.runbooks.stale_after_days
    return tuple(gaps(runbooks.shelf().runbooks, fired, said, last_day, stale_after, runbooks.matcher()))


def _effect(snapshot: Snapshot, scope: Scope, last_day: date, minute: int) -> Effect | None:
    """Whether the improvement helped, up to the end of the week; None without its day, or before it."""
    since = scope.improvements_since
    if since is None or since > last_day:
        return None
    until = midnight(last_day + timedelta(days=1), scope.zone)
    return compare_effect(snapshot, minute=minute, since=since, until=until, claims=scope.claims)


def _channel(team: Team, settings: Settings) -> str:
    if team.mode == "observe" and settings.slack.trial_channel:
        return settings.slack.trial_channel
    return team.report_channel or team.announce_channel


def _posted(prepared: WeeklyReport, messenger: Messenger, team: Team) -> WeeklyReport:
    """The chart stands below the message in the channel; each part is said once by its own key."""
    key, chart = prepared.key, prepared.chart
    posted = messenger.say(key, prepared.channel, prepared.message)
    messenger.picture(f"{key}:chart", prepared.channel, _file(key), prepared.png, chart.alt)
    for number, part in enumerate(prepared.thread, start=1):
        messenger.say(f"{key}:thread:{number}", prepared.channel, part, thread=posted)
    if prepared.people and team.people_channel:
        messenger.say(f"{key}:people", team.people_channel, prepared.people)
    return replace(prepared, posted=posted)


def _corrected(prepared: WeeklyReport, messenger: Messenger, team: Team) -> WeeklyReport:
    """A picture cannot be edited: the chart goes into the thread anew, once for each state of its data."""
    key, chart = prepared.key, prepared.chart
    if messenger.said(key) is None:
        raise UsageError(f"{key} has not been posted, so there is nothing to correct; run it with post.")
    posted = messenger.correct(key, prepared.message)
    messenger.picture(
        f"{key}:chart:{_fingerprint(chart)}", prepared.channel, _file(key), prepared.png, chart.alt, posted
    )
    for number, part in enumerate(prepared.thread, start=1):
        messenger.set_right(f"{key}:thread:{number}", prepared.channel, part, thread=posted)
    if prepared.people and team.people_channel:
        messenger.set_right(f"{key}:people", team.people_channel, prepared.people)
    return replace(prepared, posted=posted)


def _fingerprint(chart: TrendChart) -> str:
    return hashlib.sha256(json.dumps(chart.data, sort_keys=True).encode()).hexdigest()[:12]


def _file(key: str) -> str:
    return f"{key.replace(':', '-')}.png"
