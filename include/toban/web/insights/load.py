"""On-call health of a team: how much it takes, of whom, whether it is even, and what is to come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from toban.clients.warehouse import Snapshot
from toban.domain.health import labels
from toban.domain.health.hours import HourKind
from toban.domain.health.notes import own_sources
from toban.domain.health.report import HealthReport
from toban.domain.health.rows import COLUMNS, rows
from toban.domain.health.team_message import health_verdict
from toban.domain.language import Language
from toban.domain.report.weeks import week_meant
from toban.errors import UsageError
from toban.locale import language
from toban.settings import Team
from toban.web.insights.csv_files import csv_answer, rows_answer
from toban.web.insights.desk import Desk
from toban.web.insights.drawing.bars import bars
from toban.web.insights.load_tables import (
    people_of,
    people_sheet,
    person_rows,
    team_sheet,
    week_rows,
    weeks_sheet,
)
from toban.web.insights.moments import short_day
from toban.web.insights.pages import render
from toban.web.insights.pictures import chart_png, sheet_png
from toban.web.insights.sections import Section
from toban.web.insights.speaking import language_code
from toban.web.insights.visitors import persons_only

# A team's report on the week of that day, out of the restricted snapshot.
Measure = Callable[[Team, Snapshot, date, datetime], HealthReport]
WEEK = timedelta(weeks=1)
KINDS = (
    ("kind-business", HourKind.BUSINESS),
    ("kind-off", HourKind.OFF),
    ("kind-sleep", HourKind.SLEEP),
)


def section(desk: Desk, measure: Measure) -> Section:
    """The page /load."""
    routes = APIRouter(dependencies=[Depends(persons_only)])

    @routes.get("/load")
    def page(request: Request) -> Response:
        say, now = language(language_code(request)), desk.now()
        if not desk.settings.teams:
            return render(request, "load.html", teams=(), report=None, filters=desk.filters(request))
        team = _team(desk, request)
        with desk.snapshots.read(restricted=True) as snapshot:
            report = measure(team, snapshot, _week(request, team, desk, now), now)
        return render(
            request,
            "load.html",
            filters=desk.filters(request),
            snapshot=snapshot,
            teams=desk.settings.teams,
            team=team,
            report=report,
            verdict=health_verdict(report.of_team, say),
            days=_days(report, say),
            of_team=team_sheet(report, team.zone, team.name, say),
            weeks=weeks_sheet(report, team.name, say),
            people=people_of(report),
            chart=_chart(report, say),
            labels=labels,
            sources=own_sources(say),
            earlier=report.week.start - WEEK,
            later=report.week.start + WEEK,
            is_last=report.week.start + WEEK > now.astimezone(team.zone).date(),
            HourKind=HourKind,
        )

    @routes.get("/load.csv")
    def download(request: Request, table: Literal["findings", "weeks", "people"] = "findings") -> Response:
        team, now = _team(desk, request), desk.now()
        with desk.snapshots.read(restricted=True) as snapshot:
            report = measure(team, snapshot, _week(request, team, desk, now), now)
        name = f"load-{team.id}-{report.week.start}"
        if table == "findings":
            return csv_answer(name, COLUMNS, rows(report))
        return rows_answer(f"{name}-{table}", (week_rows if table == "weeks" else person_rows)(report))

    @routes.get("/load.png")
    def picture(request: Request, table: Literal["team", "weeks", "people", "calls"] = "team") -> Response:
        say, now, team = language(language_code(request)), desk.now(), _team(desk, request)
        with desk.snapshots.read(restricted=True) as snapshot:
            report = measure(team, snapshot, _week(request, team, desk, now), now)
        name, beside = f"load-{team.id}-{report.week.start}-{table}", f"{team.name} · {_days(report, say)}"
        if table == "calls":
            note = say.text("From below: business hours, evenings and weekends, night")
            return chart_png(name, _chart(report, say), say.text("Calls by week"), beside=beside, note=note)
        sheets = {
            "team": team_sheet(report, team.zone, beside, say),
            "weeks": weeks_sheet(report, beside, say),
            "people": people_sheet(report, beside, say),
        }
        return sheet_png(name, sheets[table], say)

    return Section("/load", routes, _label, persons=True)


def _label(say: Language) -> str:
    return say.text("On-call health")


def _team(desk: Desk, request: Request) -> Team:
    """The one the address names, by its id in toban.toml; else the first. Raises UsageError."""
    teams = {team.id: team for team in desk.settings.teams}
    wanted = request.query_params.get("of") or next(iter(teams), "")
    if wanted not in teams:
        raise UsageError(f"There is no team {wanted!r} in toban.toml; there are: {', '.join(teams)}.")
    return teams[wanted]


def _week(request: Request, team: Team, desk: Desk, now: datetime) -> date:
    """A day of the week asked for; by default of the last whole one. Raises UsageError."""
    wanted = request.query_params.get("week")
    return week_meant(wanted, now, team.zone, desk.settings.reporting.week_start)


def _days(report: HealthReport, say: Language) -> str:
    return f"{say.day(report.week.start)} – {say.day(report.last_day)}"


def _chart(report: HealthReport, say: Language) -> Markup:
    kinds = [(name, [week.load.by_kind[kind] for week in report.weeks]) for name, kind in KINDS]
    return bars(kinds, [short_day(week.start, say) for week in report.weeks], say.text("Calls by week"))
