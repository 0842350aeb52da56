"""`include[]`: full objects in place of references."""

from collections.abc import Collection
from typing import Any

import orjson

from toban.sandbox.pagerduty.wire import Json, reference
from toban.sandbox.pagerduty.world import World

SINGLE = {"services": "service", "escalation_policies": "escalation_policy"}
PEOPLE = {"assignees": ("assignments", "assignee"), "acknowledgers": ("acknowledgements", "acknowledger")}
KIND_OF = {"user_reference": "users", "service_reference": "services", "team_reference": "teams"}


def full(world: World, kind: str, pointer: Json | None) -> Json | None:
    """The object a reference points at, as its own endpoint gives it; the reference where it is unknown."""
    found = world.directory.find(kind, pointer["id"]) if pointer else None
    return presented(kind, found) if found else pointer


def presented(kind: str, thing: Json, include: Collection[str] = ()) -> Json:
    """An object of the directory: what can be included is a reference unless it is asked for."""
    shown = dict(thing)
    for field in {"users": ("contact_methods", "notification_rules"), "services": ("integrations",)}.get(
        kind, ()
    ):
        if field not in include:
            shown[field] = [reference(one) for one in shown[field]]
    if kind == "schedules":
        shown.pop("overrides", None)
    return shown


def shown_incident(world: World, incident: Json, include: Collection[str]) -> Any:
    """The incident; without includes, the JSON that is kept ready for it."""
    if not include:
        return orjson.Fragment(world.incidents.body(incident["id"]) or b"null")
    shown = dict(incident)
    for kind, field in SINGLE.items():
        if kind in include:
            shown[field] = full(world, kind, shown[field])
    for name, (field, inner) in PEOPLE.items():
        if name in include or "users" in include:
            shown[field] = [one | {inner: _anyone(world, one[inner])} for one in shown[field]]
    if "teams" in include:
        shown["teams"] = [full(world, "teams", team) for team in shown["teams"]]
    if "agents" in include and shown["last_status_change_by"]:
        shown["last_status_change_by"] = _anyone(world, shown["last_status_change_by"])
    if "first_trigger_log_entries" in include and shown["first_trigger_log_entry"]:
        pointer = shown["first_trigger_log_entry"]
        shown["first_trigger_log_entry"] = world.entries.find(pointer["id"]) or pointer
    if "body" in include:
        shown["body"] = _body(world, incident)
    return shown


def shown_entry(world: World, entry: Json, include: Collection[str]) -> Json:
    """A log entry; channels are mere types, and everything else references, unless they are included."""
    shown = dict(entry)
    if "channels" not in include:
        shown["channel"] = {
            key: entry["channel"][key] for key in ("type", "summary") if key in entry["channel"]
        }
    if "incidents" in include and world.embed_incidents:
        body = world.incidents.body(entry["incident"]["id"])
        shown["incident"] = orjson.Fragment(body) if body else entry["incident"]
    if "services" in include:
        shown["service"] = full(world, "services", entry["service"])
    if "teams" in include:
        shown["teams"] = [full(world, "teams", team) for team in entry["teams"]]
    return shown


def _anyone(world: World, pointer: Json) -> Json:
    kind = KIND_OF.get(pointer["type"])
    return (full(world, kind, pointer) if kind else None) or pointer


def _body(world: World, incident: Json) -> Json:
    pointer = incident["first_trigger_log_entry"]
    first = world.entries.find(pointer["id"]) if pointer else None
    details = (first or {}).get("channel", {}).get("details")
    return {"type": "incident_body", "details": details}
