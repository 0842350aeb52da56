"""Airflow's failure callback: the one place where any error at all is caught."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from toban.jobs.report_failure import report_failure as say_failure
from toban.locale import language
from toban.wiring import build

log = logging.getLogger(__name__)


def report_failure(context: Mapping[str, Any]) -> None:
    """Say in the fallback channel that a run failed. Never raises: that would hide the failure itself."""
    try:
        _say(context)
    except Exception:
        log.exception("the failure could not be said in Slack")


def _say(context: Mapping[str, Any]) -> None:
    configured = build.settings()
    run = context["dag_run"]
    say_failure(
        build.messenger(build.slack()),
        configured.fallback_channel,
        language(configured.language),
        dag_id=run.dag_id,
        error=context.get("exception") or str(context.get("reason") or "no reason given"),
        log_url=run_url(configured.reporting.airflow_url, run.dag_id, run.run_id),
        now=datetime.now(UTC),
    )


def run_url(airflow_url: str | None, dag_id: str, run_id: str) -> str | None:
    """The run's page; a scheduled run's id has a + in it, which an address reads as a blank."""
    return f"{airflow_url.rstrip('/')}/dags/{dag_id}/runs/{quote(run_id)}" if airflow_url else None
