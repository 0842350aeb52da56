"""The receivers' app with everything real: mounted in Airflow by the plugin, or alone by `toban serve`."""

import logging

from fastapi import APIRouter, FastAPI, HTTPException

from toban.errors import SettingsError
from toban.settings import Settings
from toban.web import pagerduty
from toban.web.receivers import create_receivers
from toban.web.waking import Wake
from toban.wiring import build, buttons, intake
from toban.wiring.access import optional_secret
from toban.wiring.from_outside import ALERTS_DAG, wake_from_outside

log = logging.getLogger(__name__)
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
    return _app(settings, wake_from_outside(settings))


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
