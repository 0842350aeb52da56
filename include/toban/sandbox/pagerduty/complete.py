"""Histories may be terse: fills incidents and log entries up to what the REST API gives."""

import sys
from collections.abc import Iterator

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
LISTS = ("assignments", "acknowledgements", "teams", "pending_actions", "incidents_responders")


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


def complete_entries(item: Json, share: Sharing) -> Iterator[Json]:
    """The item's log entries with every field the API always gives, and a reference to the incident."""
    incident = item["incident"]
    pointer = incident_reference(incident)
    for given in item["log_entries"]:
        yield {
            "id": given["id"],
            "type": sys.intern(given["type"]),
            "summary": given.get("summary") or _summary(given),
            "self": self_link("log_entry", given["id"]),
            "html_url": None,
            **given,
            "agent": share(given.get("agent")),
            "channel": share(given.get("channel") or {"type": "auto"}),
            "service": share(given.get("service") or incident.get("service")),
            "incident": pointer,
            "teams": [share(team) for team in given.get("teams") or incident.get("teams") or ()],
            "contexts": given.get("contexts") or [],
        }


def incident_reference(incident: Json) -> Json:
    summary = f"[#{incident['incident_number']}] {incident.get('title', '')}".strip()
    link = incident.get("html_url")
    return reference({"id": incident["id"], "type": "incident", "summary": summary, "html_url": link})


def _summary(entry: Json) -> str:
    verb = str(entry["type"]).removesuffix("_log_entry").replace("_", " ")
    agent = (entry.get("agent") or {}).get("summary")
    return f"{verb.capitalize()} by {agent}" if agent else verb.capitalize()
