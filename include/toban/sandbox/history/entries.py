"""Events as log entries, in the shape of PagerDuty's wire."""

from typing import Any

from toban.sandbox.history.case import Case, Event
from toban.sandbox.history.references import Ids, Ref, wire

_SAID = {
    "acknowledge": "Acknowledged by {agent}",
    "annotate": "Note added by {agent}",
    "assign": "Assigned to {people}",
    "custom_field_value_change": "Custom field changed by {agent}",
    "delegate": "Delegated to {people} by {agent}",
    "escalate": "Escalated to {people}",
    "exhaust_escalation_path": "Escalation path exhausted",
    "field_value_change": "Field changed by {agent}",
    "link": "Alert added to the incident",
    "notify": "Notified {user}",
    "priority_change": "Priority changed by {agent}",
    "repeat_escalation_path": "Escalation path repeated",
    "resolve": "Resolved by {agent}",
    "responder_request": "{agent} requested help",
    "snooze": "Snoozed by {agent}",
    "trigger": "Triggered by {agent}",
    "unacknowledge": "Unacknowledged due to timeout",
    "unlink": "Alert removed from the incident",
    "unsnooze": "Snooze ended by {agent}",
    "urgency_change": "Urgency raised by {agent}",
}


def log_entries(case: Case, events: list[Event], incident: Ref, ids: Ids) -> list[dict[str, Any]]:
    """The entries of one incident, in the order of its events."""
    team = case.arrival.team.ref
    return [
        {
            "id": ids.next(),
            "type": f"{event.kind}_log_entry",
            "summary": _summary(event),
            "created_at": wire(event.at),
            "agent": event.agent,
            "channel": event.channel,
            "service": case.service_ref,
            "incident": incident,
            "teams": [team],
            "contexts": [],
            **({"note": event.means["note"]} if "note" in event.means else {}),
            **event.more,
        }
        for event in events
    ]


def _summary(event: Event) -> str:
    people = ", ".join(person["summary"] for person in event.more.get("assignees", ()))
    user = event.more.get("user", {}).get("summary")
    said = _SAID[event.kind].format(agent=event.agent["summary"], people=people, user=user)
    by_timeout = event.kind == "escalate" and event.agent["type"] != "user_reference"
    return f"{said} by timeout" if by_timeout else said


def notes_of(entries: list[dict[str, Any]], ids: Ids) -> list[dict[str, Any]]:
    """The notes as GET /incidents/{id}/notes gives them, newest first as there."""
    return [
        {
            "id": ids.next(),
            "user": entry["agent"],
            "channel": {"summary": "The PagerDuty website or APIs"},
            "content": entry["note"],
            "created_at": entry["created_at"],
            "updated_at": entry["created_at"],
        }
        for entry in reversed(entries)
        if entry["type"] == "annotate_log_entry"
    ]
