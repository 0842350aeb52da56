"""Histories may be terse: fills incidents and log entries up to what the REST API gives."""

import sys

import orjson

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.wire import Json, reference, self_link

INCIDENT_DEFAULTS: Json = {
    "urgency": "high",
    "incident_key": None,
    "assigned_via": "escalation_policy",
    "is_mergeable": True,
    "incident_type": {"name": "incident_default"},
    "priority": None,
    "resolve_reason": None,
    "resolved_at": None,
    "last_status_change_by": None,
}
LISTS = (
    "assignments",
    "acknowledgements",
    "teams",
    "pending_actions",
    "incidents_responders",
    "responder_requests",
)


class Sharing:
    """Gives equal small objects the same memory: a history repeats the same few references 100,000 times."""

    def __init__(self) -> None:
        self._seen: dict[bytes, Json] = {}

    def __call__(self, thing: Json | None) -> Json | None:
        return self._seen.setdefault(orjson.dumps(thing), thing) if thing else thing


def complete_incident(item: Json, directory: Directory) -> Json:
    """The item's incident as GET /incidents/{id} gives it; what the history says is kept."""
    given = item["incident"]
    title = given.get("title") or given.get("description") or given["id"]
    incident = {
        "id": given["id"],
        "type": "incident",
        "summary": f"[#{given['incident_number']}] {title}",
        "self": self_link("incident", given["id"]),
        "html_url": None,
        "title": title,
        "description": title,
        "updated_at": given["created_at"],
        "last_status_change_at": given["created_at"],
        "alert_counts": {"all": 0, "triggered": 0, "resolved": 0},
    }
    incident |= INCIDENT_DEFAULTS | {key: [] for key in LISTS} | given
    first = next((e for e in item["log_entries"] if e["type"] == "trigger_log_entry"), None)
    incident.setdefault("first_trigger_log_entry", reference(first) if first else None)
    if incident["status"] == "resolved":
        incident |= {"assignments": [], "acknowledgements": [], "pending_actions": []}
    elif incident["status"] == "triggered":
        incident["acknowledgements"] = []
    known = directory.find("priorities", (incident["priority"] or {}).get("id"))
    return incident | {"priority": known or incident["priority"]}


def complete_entry(given: Json, incident: Json, share: Sharing) -> Json:
    """A log entry with every field the API always gives, and an incident reference."""
    key = given["id"]
    entry = {
        "id": key,
        "type": sys.intern(given["type"]),
        "summary": given.get("summary") or _summary(given),
        "self": self_link("log_entry", key),
        "html_url": None,
    }
    entry |= given
    number = incident["incident_number"]
    entry["incident"] = share(
        {"type": "incident_reference", "summary": f"[#{number}]"}
        | reference(
            {"id": incident["id"], "type": "incident", "summary": f"[#{number}] {incident.get('title', '')}"}
        )
        | {"html_url": incident.get("html_url")}
    )
    entry["agent"], entry["channel"] = (
        share(given.get("agent")),
        share(given.get("channel") or {"type": "auto"}),
    )
    entry["service"] = share(given.get("service") or incident.get("service"))
    entry["teams"] = [share(team) for team in given.get("teams") or incident.get("teams") or ()]
    entry["contexts"] = given.get("contexts") or []
    return entry


def _summary(entry: Json) -> str:
    verb = str(entry["type"]).removesuffix("_log_entry").replace("_", " ")
    agent = (entry.get("agent") or {}).get("summary")
    return f"{verb.capitalize()} by {agent}" if agent else verb.capitalize()
