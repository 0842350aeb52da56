"""Waking passes from outside of Airflow, through its REST API."""

import os
import time

from toban.clients.airflow_api import AirflowRuns
from toban.errors import SettingsError
from toban.settings import Settings
from toban.web.waking import Wake, wake_through
from toban.wiring.access import http_address

ALERTS_DAG = "toban_handle_alerts"


def missing_access(settings: Settings) -> list[str]:
    """The variables that would have to be set; raises SettingsError for an address that is none."""
    return [name for name, value in _access(settings).items() if not value]


def wake_from_outside(settings: Settings) -> Wake:
    """What wakes a pass; raises SettingsError where access is missing."""
    missing = missing_access(settings)
    if missing:
        raise SettingsError(
            f"{' and '.join(missing)} must be set: alerts are woken through Airflow's REST API."
        )
    url, user, password = (str(value) for value in _access(settings).values())
    runs = AirflowRuns(url, user, password, ALERTS_DAG)
    return lambda: wake_through(runs, time.time)


def _access(settings: Settings) -> dict[str, str | None]:
    return {
        "TOBAN_AIRFLOW_URL": http_address(
            os.environ.get("TOBAN_AIRFLOW_URL") or settings.reporting.airflow_url
        ),
        "TOBAN_AIRFLOW_USER": os.environ.get("TOBAN_AIRFLOW_USER"),
        "TOBAN_AIRFLOW_PASSWORD": os.environ.get("TOBAN_AIRFLOW_PASSWORD"),
    }
