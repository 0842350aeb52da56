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


@dataclass(frozen=True)
class _Seen:
    updated_at: datetime | None
    shown: tuple[Any, ...]


# What can differ although `updated_at`, which is in whole seconds, is the same.
SHOWN = ("status", "title", "urgency", "alert_count")


def _stored(writer: Writer, ids: list[str]) -> dict[str, _Seen]:
    found = writer.rows(
        f"select id, updated_at, {', '.join(SHOWN)} from incidents"
        " where id in (select unnest($ids::varchar[]))",
        {"ids": ids},
    )
    return {row["id"]: _Seen(row["updated_at"], tuple(row[name] for name in SHOWN)) for row in found}


def _is_news(row: Row, stored: _Seen | None) -> bool:
    if stored is None or row["updated_at"] is None or stored.updated_at is None:
        return True
    updated_at = datetime.fromisoformat(row["updated_at"])
    shown = tuple(row[name] for name in SHOWN)
    return updated_at > stored.updated_at or (updated_at == stored.updated_at and shown != stored.shown)
