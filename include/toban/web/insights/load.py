"""On-call health of a team: how much it takes, of whom, whether it is even, and what is to come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from toban.clients.warehouse import Snapshot
from toban.domain.health import labels
from toban.domain.health.hours import HourKind
from toban.domain.health.load import Load
from toban.domain.health.notes import own_sources
from toban.domain.health.nouns import Finding, Verdict
from toban.domain.health.report import HealthReport
from toban.domain.health.rows import COLUMNS, rows
from toban.domain.health.team_message import health_verdict
from toban.domain.language import Language
from toban.domain.report.weeks import week_meant
from toban.errors import UsageError
from toban.locale import language
from toban.settings import Team
from toban.web.insights.csv_files import csv_answer
from toban.web.insights.desk import Desk
from toban.web.insights.drawing import spark
from toban.web.insights.pages import render
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


@dataclass(frozen=True)
class PersonRow:
    """A person's week, and what of it is beyond a limit or to be asked; ``load`` is None without a call."""

    name: str
    load: Load | None
    shifts: int | None
    per_shift: float | None
    issues: Sequence[Finding]
    expected: Sequence[float | None]


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
            people=_people(report),
            chart=_chart(report),
            labels=labels,
            sources=own_sources(say),
            earlier=report.week.start - WEEK,
            later=report.week.start + WEEK,
            is_last=report.week.start + WEEK > now.astimezone(team.zone).date(),
            HourKind=HourKind,
        )

    @routes.get("/load.csv")
    def download(request: Request) -> Response:
        team, now = _team(desk, request), desk.now()
        with desk.snapshots.read(restricted=True) as snapshot:
            report = measure(team, snapshot, _week(request, team, desk, now), now)
        return csv_answer(f"load-{team.id}-{report.week.start}", COLUMNS, rows(report))

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


def _people(report: HealthReport) -> list[PersonRow]:
    """Everybody who was called, stood by, is planned, or has something to be asked; by name."""
    shares = {share.person_id: share for share in report.shares}
    expected = {
        (one.person_id, place): one.total
        for place, week in enumerate(report.coming)
        for one in week.projections
    }
    issues = _issues(report)
    ids = {*report.loads, *shares, *(person for person, _ in expected), *issues}
    return [
        PersonRow(
            name=name,
            load=report.loads.get(person),
            shifts=shares[person].shifts if person in shares else None,
            per_shift=shares[person].per_shift if person in shares else None,
            issues=issues.get(person, ()),
            expected=[expected.get((person, place)) for place in range(len(report.coming))],
        )
        for name, person in sorted((report.names.get(each, each), each) for each in ids)
    ]


def _issues(report: HealthReport) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in report.of_people:
        if one.person_id and (one.is_beyond or one.verdict is Verdict.QUESTION):
            found.setdefault(one.person_id, []).append(one)
    return found


def _chart(report: HealthReport) -> Markup:
    return spark.stack([(name, [week.load.by_kind[kind] for week in report.weeks]) for name, kind in KINDS])
