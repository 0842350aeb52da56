"""Airflow's deadline callback: an alert pass has not ended in time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from toban.jobs.report_stillness import StuckPass
from toban.jobs.report_stillness import report_stillness as say_stillness
from toban.locale import language
from toban.wiring import build
from toban.wiring.failure import run_url


def report_stillness(context: Mapping[str, Any]) -> None:
    """Say in the fallback channel that passes have stopped. What it raises stands in the callback's log.

    ``context`` is Airflow's: the run as its REST API describes it, moments in ISO 8601.
    """
    configured = build.settings()
    run = context["dag_run"]
    stuck = StuckPass(
        due_at=datetime.fromisoformat(run["queued_at"]),
        begun_at=_moment(run["start_date"]),
        ended_at=_moment(run["end_date"]),
        page=run_url(configured.reporting.airflow_url, run["dag_id"], run["dag_run_id"]),
    )
    say_stillness(
        build.messenger(build.slack()),
        configured.fallback_channel,
        language(configured.language),
        stuck=stuck,
        zone=ZoneInfo(configured.reporting.time_zone),
        now=datetime.now(UTC),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
