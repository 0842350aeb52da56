"""Alerts and edited notes as the warehouse's rows."""

from toban.clients.pagerduty.records.references import Row, id_of, name_of


def alert_row(alert: Row, incident_id: str) -> Row:
    """One row of `alerts`."""
    body = alert.get("body") or {}
    cef = body.get("cef_details") or {}
    return {
        "id": alert["id"],
        "incident_id": incident_id,
        "alert_key": alert.get("alert_key"),
        "status": alert.get("status"),
        "severity": alert.get("severity"),
        "summary": alert.get("summary"),
        "service_id": id_of(alert.get("service")),
        "created_at": alert.get("created_at"),
        "resolved_at": alert.get("resolved_at"),
        "suppressed": alert.get("suppressed"),
        "monitoring_tool": cef.get("client") or name_of(alert.get("integration")),
        "details": body or None,
    }


def note_of(note: Row, incident_id: str) -> Row:
    """One row of `notes`, from GET /incidents/{id}/notes."""
    return {
        "id": note["id"],
        "incident_id": incident_id,
        "user_id": id_of(note.get("user")),
        "user_name": name_of(note.get("user")),
        "content": note.get("content"),
        "created_at": note.get("created_at"),
        "updated_at": note.get("updated_at") or note.get("created_at"),
    }
