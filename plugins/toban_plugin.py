"""Hands Toban's web apps to Airflow, and lets its processes import Toban's clients once, before they fork.

Airflow's scheduler loads this before it forks the workers of LocalExecutor; each task's process inherits what
was imported then, and begins about a second sooner. Nothing here asks the network or the database.
"""

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from toban.wiring import runs  # noqa: F401 - for whoever forks later
from toban.wiring.receivers import in_airflow


class TobanPlugin(AirflowPlugin):
    """What PagerDuty, Slack and monitoring tools reach: no login of Airflow's, but signatures and tokens."""

    name = "toban"
    fastapi_apps: ClassVar[list[dict[str, Any]]] = [
        {"app": in_airflow(), "url_prefix": "/toban-receive", "name": "Toban receivers"},
    ]
