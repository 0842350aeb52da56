"""The local Slack as one ASGI app: the Web API, the page, and /_sandbox."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from toban.sandbox.slack.acting import acting_router
from toban.sandbox.slack.api import api_router
from toban.sandbox.slack.clicks import Clicks
from toban.sandbox.slack.faults import FaultLayer, Weather
from toban.sandbox.slack.inspection import messages_router, weather_router
from toban.sandbox.slack.interactivity import clicks_router
from toban.sandbox.slack.outlet import Outlet, Receiver
from toban.sandbox.slack.page import page_router
from toban.sandbox.slack.rates import Rates
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.responses import responses_router
from toban.sandbox.slack.socket_mode import socket_router
from toban.sandbox.slack.workspace import Workspace


def create_app(workspace: Workspace, *, rates: str = "generous") -> FastAPI:
    """The app for a workspace. `rates`: "off", "generous" (for tests) or "realistic" (for a demo)."""
    app = FastAPI(title="Slack sandbox, not Slack", docs_url=None, redoc_url=None, openapi_url=None)
    weather, limits, receiver, clicks = Weather(), Rates(rates), Receiver(), Clicks(workspace)
    app.include_router(api_router(workspace, limits))
    app.include_router(weather_router(weather, limits))
    app.include_router(messages_router(workspace))
    app.include_router(acting_router(workspace, receiver))
    app.include_router(clicks_router(workspace, clicks, Outlet(receiver, workspace.sockets)))
    app.include_router(responses_router(workspace, clicks))
    app.include_router(socket_router(workspace.sockets))
    app.include_router(page_router(workspace))
    app.add_exception_handler(RefusedError, _not_here)
    app.add_middleware(FaultLayer, weather=weather)
    return app


async def _not_here(_request: Request, refused: Exception) -> JSONResponse:
    """Outside the Web API, what is asked for and not there is a plain 404."""
    return JSONResponse({"detail": str(refused)}, status_code=404)
