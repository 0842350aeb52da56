"""Socket Mode with everything real: presses without a public address."""

import threading
from datetime import UTC, datetime
from typing import Any

from toban.clients.slack.socket_mode import SocketMode
from toban.errors import SettingsError
from toban.settings import Settings
from toban.web.slack_buttons import hear, wake_quietly
from toban.wiring.buttons import app_token, buttons, slack_address
from toban.wiring.from_outside import missing_access, wake_from_outside


def slack_listen(settings: Settings, stop: threading.Event) -> None:
    """Write presses down until ``stop`` is set; raises SettingsError, SlackError and LedgerError."""
    if settings.slack.buttons != "socket":
        raise SettingsError(
            f'slack.buttons = "{settings.slack.buttons}": Socket Mode is not in force; set it to "socket".'
        )
    desk = buttons(_left_to_the_minute if missing_access(settings) else wake_from_outside(settings))

    def heard(payload: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
        return hear(payload, desk, datetime.now(UTC))

    SocketMode(app_token(), slack_address(), heard, lambda: wake_quietly(desk.wake)).run(stop)


def _left_to_the_minute() -> bool:
    """Nothing to wake with: the pass of each minute carries presses out."""
    return True
