"""Which of the incidents PagerDuty just showed are news, and the alerts that only they are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.records import alert_row, incident_row
from toban.clients.warehouse import Writer

Row = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """Rows ready to be merged."""

    incidents: list[Row]
    alerts: list[Row]


def changes(pagerduty: PagerDuty, writer: Writer, incidents: Iterable[Row]) -> Changes:
    """The incidents that are new, or newer than what is stored; one call for each that has several alerts.

    A single alert's data came with its trigger entry, so it needs no call.
    """
    rows = [incident_row(incident) for incident in incidents]
    stored = _stored(writer, [row["id"] for row in rows])
    changed = [row for row in rows if _is_news(row, stored.get(row["id"]))]
    grouped = [row["id"] for row in changed if (row["alert_count"] or 0) > 1]
    alerts = [alert for incident_id in grouped for alert in fetch_alerts(pagerduty, incident_id)]
    return Changes(changed, alerts)


def fetch_alerts(pagerduty: PagerDuty, incident_id: str) -> list[Row]:
    """All alerts of an incident as rows; PagerDuty keeps at most 1,000 in one."""
    found = pagerduty.rows(f"incidents/{incident_id}/alerts", "alerts")
    return [alert_row(alert, incident_id) for alert in found]


def merge_changes(writer: Writer, news: Changes) -> int:
    """Store them; the number of incidents that were news."""
    writer.merge("alerts", news.alerts)
    return writer.merge("incidents", news.incidents)


def newer(writer: Writer, incidents: Iterable[Row]) -> list[Row]:
    """Those of the incidents that are not stored as PagerDuty shows them."""
    incidents = list(incidents)
    stored = _stored(writer, [incident["id"] for incident in incidents])
    return [one for one in incidents if _is_news(incident_row(one), stored.get(one["id"]))]


def _stored(writer: Writer, ids: list[str]) -> dict[str, tuple[datetime | None, int | None]]:
    found = writer.rows(
        "select id, updated_at, alert_count from incidents where id in (select unnest($ids::varchar[]))",
        {"ids": ids},
    )
    return {row["id"]: (row["updated_at"], row["alert_count"]) for row in found}


def _is_news(row: Row, stored: tuple[datetime | None, int | None] | None) -> bool:
    if stored is None:
        return True
    updated_at, alert_count = stored
    if row["updated_at"] is None or updated_at is None or row["alert_count"] != alert_count:
        return True
    return datetime.fromisoformat(row["updated_at"]) > updated_at
