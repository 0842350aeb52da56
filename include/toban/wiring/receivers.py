"""The receivers' app with everything real: mounted in Airflow by the plugin, or alone by `toban serve`."""

import logging
import os
import time

from fastapi import APIRouter, FastAPI, HTTPException

from toban.clients.airflow_api import AirflowRuns
from toban.errors import SettingsError
from toban.settings import Settings
from toban.web import pagerduty
from toban.web.receivers import create_receivers
from toban.web.waking import Wake, wake_through
from toban.wiring import build, buttons, intake
from toban.wiring.access import http_address, optional_secret

log = logging.getLogger(__name__)
ALERTS_DAG = "toban_handle_alerts"
SECRET, CONNECTION = "TOBAN_PAGERDUTY_WEBHOOK_SECRET", "toban_pagerduty_webhook"


def in_airflow() -> FastAPI:
    """The app for Airflow's API server; unusable settings make it answer 503, and the log says why, once."""
    try:
        settings = build.settings()
    except SettingsError as error:
        log.error("Toban's receivers answer 503: %s Then restart Airflow's API server.", error)  # noqa: TRY400 - a sentence
        return create_receivers([_unavailable()])
    return _app(settings, _own_wake)


def alone(settings: Settings) -> FastAPI:
    """The app for a machine of its own, which wakes runs through Airflow's REST API; raises SettingsError."""
    runs = AirflowRuns(*_airflow(settings), ALERTS_DAG)
    return _app(settings, lambda: wake_through(runs, time.time))


def webhook_secrets() -> tuple[str, ...]:
    """The secrets that PagerDuty signs with, two while one replaces another; raises SettingsError."""
    found = optional_secret(SECRET, CONNECTION) or ""
    return tuple(secret for part in found.split(",") if (secret := part.strip()))


def _app(settings: Settings, wake: Wake) -> FastAPI:
    configured = (buttons.router(settings, wake), intake.router(settings))
    routers = [router for router in configured if router is not None]
    return create_receivers([pagerduty.router(webhook_secrets, wake), *routers])


def _own_wake() -> bool:
    from toban.wiring.wake import wake  # noqa: PLC0415 - only in the API server, where Airflow is loaded

    return wake(ALERTS_DAG)


def _unavailable() -> APIRouter:
    """Whatever is asked: senders try again until the settings are mended."""
    routes = APIRouter()

    @routes.api_route("/{path:path}", methods=["GET", "POST"])
    def unavailable(path: str) -> None:  # noqa: ARG001 - any
        raise HTTPException(503)

    return routes


def _airflow(settings: Settings) -> tuple[str, str, str]:
    """Airflow's address, user and password."""
    url = http_address(os.environ.get("TOBAN_AIRFLOW_URL") or settings.reporting.airflow_url)
    user, password = (os.environ.get(f"TOBAN_AIRFLOW_{name}") for name in ("USER", "PASSWORD"))
    given = {"TOBAN_AIRFLOW_URL": url, "TOBAN_AIRFLOW_USER": user, "TOBAN_AIRFLOW_PASSWORD": password}
    missing = [name for name, value in given.items() if not value]
    if not (url and user and password):
        raise SettingsError(
            f"{' and '.join(missing)} must be set: `toban serve` wakes alerts through Airflow's REST API."
        )
    return url, user, password
