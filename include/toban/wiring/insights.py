"""The pages with everything real: Airflow's login, the published snapshots, the settings."""

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from toban.clients.console.console import Console
from toban.clients.runbook_warm import WarmRunbooks
from toban.clients.warehouse import SharedSnapshots, Snapshot
from toban.domain.health.report import HealthReport
from toban.errors import SettingsError
from toban.jobs.claims import claims_of
from toban.jobs.health_report import health_report
from toban.jobs.triage_alert import triage_alert
from toban.settings import Settings, Team
from toban.web.insights import (
    console,
    definitions,
    health,
    incidents,
    load,
    oncall,
    overview,
    runbooks,
    tables,
)
from toban.web.insights.app import create_insights
from toban.web.insights.desk import Desk
from toban.web.insights.filters import OwnTeam
from toban.web.insights.kept import kept
from toban.web.insights.sections import Section
from toban.web.insights.visitors import Visitor
from toban.wiring import build
from toban.wiring.insights_runbooks import runbook_finder

log = logging.getLogger(__name__)
# What a role of FAB's needs for pages about persons: airflow roles add-perms <role> -a can_read -r <this>
PERSONS = "Toban persons"


def in_airflow() -> FastAPI:
    """The app for Airflow's API server; unusable settings make it answer 503, and the log says why, once."""
    from airflow.configuration import conf  # noqa: PLC0415 - only where Airflow is

    address = urlsplit(conf.get("api", "base_url", fallback=""))
    return create_insights(
        _sections_if_any(),
        who,
        login=f"{address.path.rstrip('/')}/api/v2/auth/login",
        own_hosts=[address.netloc] if address.netloc else [],
    )


def sections(settings: Settings) -> Sequence[Section]:
    """Every part of the pages, in the order of the navigation."""
    directory = build.warehouse_directory(settings)
    snapshots = SharedSnapshots(directory)
    teams = {team.id: OwnTeam(team.name, claims_of(team, settings)) for team in settings.teams}
    desk = Desk(snapshots, settings, lambda: datetime.now(UTC), teams)
    warm = WarmRunbooks(settings.runbooks.directory, build.ledger)
    find_runbook = runbook_finder(warm, settings.runbooks.url, desk.now)
    return (
        overview.section(desk),
        incidents.section(desk, find_runbook, _permalink, triage_alert),
        *tables.sections(desk),
        oncall.section(desk),
        load.section(desk, kept(_health(settings))),
        runbooks.section(desk, warm),
        console.section(desk, Console(directory)),
        health.section(desk),
        definitions.section(),
    )


def _health(settings: Settings) -> load.Measure:
    def measure(team: Team, restricted: Snapshot, week: date, now: datetime) -> HealthReport:
        return health_report(team, settings=settings, restricted=restricted, week=week, now=now)

    return measure


def _permalink(channel: str, ts: str) -> str:
    return build.slack(timeout_s=5, tries=1).permalink(channel, ts)


def _sections_if_any() -> Sequence[Section]:
    try:
        return sections(build.settings())
    except SettingsError as error:
        log.error("Toban's pages answer 503: %s Then restart Airflow's API server.", error)  # noqa: TRY400 - a sentence
        return (Section("/", _unavailable()),)


def _unavailable() -> APIRouter:
    routes = APIRouter()

    @routes.get("/{path:path}")
    def unavailable(path: str) -> None:  # noqa: ARG001 - any
        raise HTTPException(503)

    return routes


async def who(request: Request) -> Visitor:
    """Whoever Airflow says it is; raises HTTPException 401 or 403 as Airflow's own pages do."""
    from airflow.api_fastapi.core_api.security import bearer_scheme, get_user  # noqa: PLC0415 - the same

    user = await get_user(request, None, await bearer_scheme(request))
    return Visitor(user.get_name(), await run_in_threadpool(_sees_persons, user))


def _sees_persons(user: object) -> bool:
    """Under FAB who has the permission for it; the simple auth manager has none, so from op upward."""
    from airflow.api_fastapi.app import get_auth_manager  # noqa: PLC0415 - the same
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import (  # noqa: PLC0415 - the same
        SimpleAuthManager,
    )

    manager = get_auth_manager()
    if isinstance(manager, SimpleAuthManager):
        return bool(manager.is_authorized_connection(method="GET", user=user))
    _make_known(manager)
    return bool(manager.is_authorized_custom_view(method="GET", resource_name=PERSONS, user=user))


@cache
def _make_known(manager: Any) -> None:
    """FAB gives a role only what it knows, so the permission is made once; it is nobody's yet."""
    if getattr(manager, "flask_app", None) is None:
        return
    with manager.flask_app.app_context():
        manager.security_manager.create_permission("can_read", PERSONS)
