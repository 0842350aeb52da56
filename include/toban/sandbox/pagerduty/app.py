"""Puts the local PagerDuty together."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from toban.sandbox.pagerduty.engine import Engine
from toban.sandbox.pagerduty.http import (
    analytics_routes,
    change_routes,
    directory_routes,
    event_routes,
    incident_changes,
    incident_routes,
    log_entry_routes,
    oncall_routes,
    page_routes,
    responder_routes,
    sandbox_routes,
    schedule_routes,
    webhook_routes,
)
from toban.sandbox.pagerduty.http.answering import answer
from toban.sandbox.pagerduty.http.faults import Faults
from toban.sandbox.pagerduty.http.gate import Gate
from toban.sandbox.pagerduty.http.rate_limit import PER_MINUTE, RateLimit
from toban.sandbox.pagerduty.journal import Journal
from toban.sandbox.pagerduty.life.storming import Storms
from toban.sandbox.pagerduty.refusals import RefusedError
from toban.sandbox.pagerduty.webhooks.delivery import Courier
from toban.sandbox.pagerduty.world import World

ROUTERS = (
    directory_routes,
    schedule_routes,
    oncall_routes,
    incident_routes,
    incident_changes,
    responder_routes,
    log_entry_routes,
    analytics_routes,
    webhook_routes,
    event_routes,
    change_routes,
    sandbox_routes,
    page_routes,
)


def create_app(
    world: World,
    *,
    requests_per_minute: int | None = PER_MINUTE,
    state_dir: Path | None = None,
    ticking: bool = True,
) -> FastAPI:
    """The REST API, Events v2, webhooks and a page over one world.

    `requests_per_minute=None` switches the rate limit off, for benchmarks. Changes are kept in `state_dir`
    for the next start. `ticking=False`: time-outs only run when `engine.tick(world)` is called.
    """
    if state_dir:
        world.keep_in(Journal(state_dir))
    lifespan = _lifespan(world, ticking=ticking)
    app = FastAPI(title="PagerDuty sandbox", lifespan=lifespan, openapi_url=None)
    app.state.world = world
    app.state.calls = Counter[str]()
    app.state.faults = Faults()
    app.state.storms = Storms(world)
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(HTTPException, _unknown)
    limit = RateLimit(requests_per_minute)
    app.add_middleware(Gate, faults=app.state.faults, limit=limit, calls=app.state.calls)
    return app


def _lifespan(world: World, *, ticking: bool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Engine and courier live as long as the server."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        courier = Courier(world)
        app.state.courier = courier
        courier.start()
        engine = Engine(world)
        if ticking:
            engine.start()
        yield
        if ticking:
            engine.stop()
        app.state.storms.stop()
        courier.stop()
        world.stop_keeping()

    return lifespan


async def _refused(_: Request, refused: Exception) -> Response:
    if not isinstance(refused, RefusedError):
        raise refused
    return answer(refused.body(), refused.status)


async def _unknown(_: Request, problem: Exception) -> Response:
    """Paths and methods that PagerDuty does not have, in its words."""
    if not isinstance(problem, HTTPException):
        raise problem
    return answer({"error": {"message": problem.detail, "code": 2100}}, problem.status_code)
