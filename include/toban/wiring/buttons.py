"""Slack's buttons with everything real; nothing is opened before somebody presses one."""

from functools import cache

from fastapi import APIRouter

from toban.clients.slack import Slack
from toban.settings import Settings
from toban.web.slack_buttons import Buttons
from toban.web.slack_buttons import router as route
from toban.web.waking import Wake
from toban.wiring import build
from toban.wiring.access import access, optional_secret

SECRET, CONNECTION = "TOBAN_SLACK_SIGNING_SECRET", "toban_slack_signing"
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
