"""Hands Toban's web apps to Airflow, and lets its processes import Toban's clients once, before they fork.

Airflow's scheduler loads this before it forks the workers of LocalExecutor; each task's process inherits what
was imported then, and begins about a second sooner. Nothing here asks the network or the database.
"""

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from toban.web.insights import static
from toban.wiring import insights, receivers, runs  # noqa: F401 - the last for whoever forks later


class TobanPlugin(AirflowPlugin):
    """Pages for whoever is logged in; and what PagerDuty, Slack and monitoring tools reach with secrets."""

    name = "toban"
    fastapi_apps: ClassVar[list[dict[str, Any]]] = [
        {"app": receivers.in_airflow(), "url_prefix": "/toban-receive", "name": "Toban receivers"},
        {"app": insights.in_airflow(), "url_prefix": "/toban", "name": "Toban"},
    ]
    external_views: ClassVar[list[dict[str, Any]]] = [
        {
            "name": "On-call",
            "href": "toban/",  # relative, and with its slash: without, Airflow's own pages answer
            "destination": "nav",
            "url_route": "toban",
            "nav_top_level": True,
            "icon": f"toban/static/{static.version()}/icon.svg",
            "icon_dark_mode": f"toban/static/{static.version()}/icon_dark.svg",
        }
    ]
