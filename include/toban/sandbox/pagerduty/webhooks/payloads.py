"""What a webhook says: `{"event": {…}}`, in shapes that differ from the REST API's."""

from typing import Any

from toban.sandbox.pagerduty.complete import incident_reference
from toban.sandbox.pagerduty.wire import Json

NOTE_EVENT = "incident.annotated"
PING_EVENT = "pagey.ping"


def event(key: str, event_type: str, occurred_at: str, incident: Json, data: Json) -> Json:
    """`data` holds the agent and, by event type, a note, a responder or a status update."""
    return {
        "event": {
            "id": key,
            "event_type": event_type,
            "resource_type": "incident",
            "occurred_at": occurred_at,
            "agent": data.get("agent"),
            "client": None,
            "data": _data(event_type, incident, data),
        }
    }


def ping(key: str, occurred_at: str) -> Json:
    data = {"message": "Hello from your friend Pagey!", "type": "ping"}
    frame = {"id": key, "event_type": PING_EVENT, "resource_type": "pagey", "occurred_at": occurred_at}
    return {"event": {**frame, "agent": None, "client": None, "data": data}}


def _data(event_type: str, incident: Json, data: Json) -> Json:
    if event_type == NOTE_EVENT:
        note = data["note"]
        pointer = incident_reference(incident)
        return {
            "incident": pointer,
            "id": note["id"],
            "content": note["content"],
            "trimmed": False,
            "type": "incident_note",
        }
    if "responder" in data:
        responder = data["responder"]
        shown = {key: responder[key] for key in ("state", "message", "user", "requester")}
        return {
            "incident": incident_reference(incident),
            "type": "incident_responder",
            "escalation_policy": None,
            **shown,
        }
    if "update" in data:
        update = data["update"]
        shown = {"id": update["id"], "message": update["message"], "trimmed": False}
        return {"incident": incident_reference(incident), "type": "incident_status_update", **shown}
    return _incident(incident)


def _incident(incident: Json) -> Json:
    """`number` and `assignees` where REST says incident_number and assignments; no alert body."""
    kept = (
        "id",
        "self",
        "html_url",
        "status",
        "incident_key",
        "created_at",
        "title",
        "service",
        "urgency",
        "teams",
    )
    shown: dict[str, Any] = {name: incident[name] for name in kept}
    return shown | {
        "type": "incident",
        "number": incident["incident_number"],
        "assignees": [one["assignee"] for one in incident["assignments"]],
        "escalation_policy": incident["escalation_policy"],
        "priority": incident["priority"],
        "resolve_reason": incident["resolve_reason"],
        "reopened_at": None,
        "conference_bridge": None,
        "incident_type": incident["incident_type"],
    }
