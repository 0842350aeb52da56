"""Who and what an account has: users, teams, services, escalation policies, schedules, priorities."""

import hashlib
from typing import Any

from toban.sandbox.pagerduty.wire import Json, reference, self_link

KINDS = {
    "users": "user",
    "teams": "team",
    "services": "service",
    "escalation_policies": "escalation_policy",
    "schedules": "schedule",
    "priorities": "priority",
}
DEFAULTS: dict[str, Json] = {
    "users": {
        "time_zone": "Etc/UTC",
        "role": "user",
        "color": "purple",
        "invitation_sent": False,
        "description": None,
        "teams": [],
        "contact_methods": [],
        "notification_rules": [],
    },
    "teams": {"description": None, "parent": None},
    "services": {
        "description": None,
        "status": "active",
        "auto_resolve_timeout": 14400,  # PagerDuty's own defaults for both time-outs
        "acknowledgement_timeout": 1800,
        "alert_creation": "create_alerts_and_incidents",
        "incident_urgency_rule": {"type": "constant", "urgency": "high"},
        "teams": [],
        "integrations": [],
    },
    "escalation_policies": {
        "description": None,
        "num_loops": 0,
        "on_call_handoff_notifications": "if_has_services",
        "escalation_rules": [],
        "services": [],
        "teams": [],
    },
    "schedules": {
        "description": None,
        "time_zone": "Etc/UTC",
        "schedule_layers": [],
        "overrides": [],
        "escalation_policies": [],
        "users": [],
        "teams": [],
    },
    "priorities": {"description": "", "color": "a8171c", "order": 0, "schema_version": 0},
}


DEFAULT_PRIORITIES = [
    {"id": f"PRIO{rank}", "name": f"P{rank}", "summary": f"P{rank}"} for rank in range(1, 6)
]


class Directory:
    """The account's objects by kind and id, each in the full shape of the REST API."""

    def __init__(self, given: dict[str, list[Json]]) -> None:
        """`given` has lists under the names in KINDS; PagerDuty's defaults fill what an object lacks."""
        given = given | {"priorities": _ranked(given.get("priorities") or DEFAULT_PRIORITIES)}
        self._kinds: dict[str, dict[str, Json]] = {
            kind: {row["id"]: complete(kind, row) for row in given.get(kind, ())} for kind in KINDS
        }

    def all(self, kind: str) -> list[Json]:
        """Everything of one kind, such as "users", by name."""
        return sorted(self._kinds[kind].values(), key=lambda row: (str(row["name"]).casefold(), row["id"]))

    def find(self, kind: str, key: str | None) -> Json | None:
        return self._kinds[kind].get(key or "")

    def user_by_email(self, email: str) -> Json | None:
        wanted = email.strip().casefold()
        return next((u for u in self._kinds["users"].values() if str(u["email"]).casefold() == wanted), None)

    def put(self, kind: str, thing: Json) -> None:
        self._kinds[kind][thing["id"]] = thing


def _ranked(priorities: list[Json]) -> list[Json]:
    """PagerDuty's `order`: the larger, the more important; without it, names go from the highest down."""
    named = sorted(priorities, key=lambda one: str(one.get("name") or one.get("summary")))
    orders = {one["id"]: 1 << (len(named) - rank) for rank, one in enumerate(named)}
    return [{"order": orders[one["id"]], **one} for one in priorities]


def complete(kind: str, row: Json) -> Json:
    """The row with defaults for what it lacks, and the fields every object of the API has."""
    one = KINDS[kind]
    name = row.get("name") or row.get("summary") or row["id"]
    full: dict[str, Any] = {"id": row["id"], "type": one, "summary": name, "name": name}
    full |= {"self": self_link(one, row["id"]), "html_url": None}
    full |= {key: list(value) if isinstance(value, list) else value for key, value in DEFAULTS[kind].items()}
    full |= row | {"type": one}
    if kind == "users" and not full.get("email"):
        full["email"] = f"{row['id'].lower()}@example.com"
    if kind == "services" and not full["integrations"]:
        full["integrations"] = [_events_integration(full)]
    return full


def _events_integration(service: Json) -> Json:
    """Every service takes events; its key is the same at every start."""
    key = hashlib.sha256(service["id"].encode()).hexdigest()[:32]
    return {
        "id": f"P{key[:13].upper()}",
        "type": "events_api_v2_inbound_integration",
        "summary": "Events API v2",
        "name": "Events API v2",
        "service": reference(service),
        "created_at": "2024-01-01T00:00:00Z",
        "integration_key": key,
    }
