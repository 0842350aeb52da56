"""An incident as the warehouse's row."""

from typing import Any

from toban.clients.pagerduty.records.references import Row, id_of, ids_of, name_of


def is_full(incident: Row) -> bool:
    """Whether it is the incident itself: a mere reference has no status."""
    return "status" in incident


def incident_row(incident: Row) -> Row:
    """One row of `incidents`."""
    priority = incident.get("priority")
    return {
        "id": incident["id"],
        "incident_number": incident.get("incident_number"),
        "title": incident.get("title") or incident.get("summary"),
        "status": incident["status"],
        "urgency": incident.get("urgency"),
        "created_at": incident["created_at"],
        "updated_at": incident.get("updated_at") or incident.get("last_status_change_at"),
        "resolved_at": incident.get("resolved_at"),
        "last_status_change_at": incident.get("last_status_change_at"),
        "incident_key": incident.get("incident_key"),
        "service_id": id_of(incident.get("service")),
        "escalation_policy_id": id_of(incident.get("escalation_policy")),
        "team_ids": ids_of(incident.get("teams")),
        "priority_id": id_of(priority),
        "priority_name": name_of(priority),
        "incident_type": (incident.get("incident_type") or {}).get("name"),
        "alert_count": (incident.get("alert_counts") or {}).get("all"),
        "assigned_to": ids_of([one.get("assignee") for one in incident.get("assignments") or ()]),
        "pending_escalation_at": _pending_escalation(incident.get("pending_actions")),
        "merged_into": _merged_into(incident.get("resolve_reason")),
        "html_url": incident.get("html_url"),
    }


def _pending_escalation(actions: list[Row] | None) -> Any:
    moments = [
        action["at"] for action in actions or () if action.get("type") == "escalate" and action.get("at")
    ]
    return min(moments, default=None)


def _merged_into(reason: Row | None) -> str | None:
    return id_of(reason.get("incident")) if reason else None
