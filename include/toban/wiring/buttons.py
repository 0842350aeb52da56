"""Slack's buttons with everything real; nothing is opened before somebody presses one."""

from functools import cache

from fastapi import APIRouter

from toban.clients.slack import Slack
from toban.clients.slack.socket_mode import open_socket as ask_for_socket
from toban.errors import SettingsError
from toban.settings import Settings
from toban.web.slack_buttons import Buttons
from toban.web.slack_buttons import router as route
from toban.web.waking import Wake
from toban.wiring import build
from toban.wiring.access import access, optional_secret

SECRET, CONNECTION = "TOBAN_SLACK_SIGNING_SECRET", "toban_slack_signing"
APP_TOKEN, APP_CONNECTION = "TOBAN_SLACK_APP_TOKEN", "toban_slack_app"
DIALOG_S = 2  # Slack waits three seconds for a dialog


def router(settings: Settings, wake: Wake) -> APIRouter | None:
    """The route for the receivers' app; None where ``slack.buttons`` is not "http"."""
    if settings.slack.buttons != "http":
        return None
    return route(signing_secret, cache(lambda: buttons(wake)))


def buttons(wake: Wake) -> Buttons:
    """What answers presses; raises SettingsError and LedgerError."""
    found = access("TOBAN_SLACK", "slack_api_default")
    slack = Slack(found.secret, found.url or build.SLACK_URL, timeout_s=DIALOG_S)
    return Buttons(build.ledger(), slack, wake)


def signing_secret() -> str | None:
    """What the Slack app signs with; None where it is not set."""
    return optional_secret(SECRET, CONNECTION)


def app_token() -> str:
    """The token that opens sockets; raises SettingsError."""
    token = optional_secret(APP_TOKEN, APP_CONNECTION)
    if token is None:
        raise SettingsError(
            f"There is no app-level token: set {APP_TOKEN} to one (xapp-…) with the scope "
            f"connections:write, or put it into the password of the Airflow connection {APP_CONNECTION}."
        )
    return token


def slack_address() -> str:
    """Where Slack's API is."""
    return access("TOBAN_SLACK", "slack_api_default").url or build.SLACK_URL


def open_socket() -> None:
    """Whether Socket Mode could begin; raises SettingsError, SlackRefused and SlackUnavailable."""
    ask_for_socket(app_token(), slack_address())
