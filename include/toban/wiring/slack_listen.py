"""Socket Mode with everything real: presses without a public address."""

import os
import threading
import time
from datetime import UTC, datetime
from typing import Any

from toban.clients.airflow_api import AirflowRuns
from toban.clients.slack.socket_mode import SocketMode
from toban.errors import SettingsError
from toban.settings import Settings
from toban.web.slack_buttons import hear, wake_quietly
from toban.web.waking import Wake, wake_through
from toban.wiring.access import http_address
from toban.wiring.buttons import app_token, buttons, slack_address

ALERTS_DAG = "toban_handle_alerts"


def slack_listen(settings: Settings, stop: threading.Event) -> None:
    """Write presses down until ``stop`` is set; raises SettingsError, SlackError and LedgerError."""
    if settings.slack.buttons != "socket":
        raise SettingsError(
            f'slack.buttons = "{settings.slack.buttons}": Socket Mode is not in force; set it to "socket".'
        )
    desk = buttons(waker(settings) or _left_to_the_minute)

    def heard(payload: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
        return hear(payload, desk, datetime.now(UTC))

    SocketMode(app_token(), slack_address(), heard, lambda: wake_quietly(desk.wake)).run(stop)


def waker(settings: Settings) -> Wake | None:
    """What wakes a pass through Airflow's REST API; None where no login for it is set."""
    user, password = (os.environ.get(f"TOBAN_AIRFLOW_{name}") for name in ("USER", "PASSWORD"))
    url = http_address(os.environ.get("TOBAN_AIRFLOW_URL") or settings.reporting.airflow_url)
    if not (url and user and password):
        return None
    runs = AirflowRuns(url, user, password, ALERTS_DAG)
    return lambda: wake_through(runs, time.time)


def _left_to_the_minute() -> bool:
    """Nothing to wake with: the pass of each minute carries presses out."""
    return True
