"""A directory for a history that came without one, from the references seen in it."""

from collections.abc import Iterable, Iterator

from toban.sandbox.pagerduty.directory import KINDS
from toban.sandbox.pagerduty.wire import Json, reference

ESCALATION_DELAY_MINUTES = 30  # PagerDuty's default for a new rule


def derive_directory(items: Iterable[Json]) -> dict[str, list[Json]]:
    """Users, teams, services, policies and priorities that the items refer to.

    A policy rings those to whom the first incident on it was assigned.
    """
    plural = {one: many for many, one in KINDS.items()}
    found: dict[str, dict[str, Json]] = {many: {} for many in KINDS}
    policies_of: dict[str, Json] = {}
    assigned: dict[str, dict[str, Json]] = {}
    for item in items:
        for seen in _references(item):
            kind = plural.get(str(seen.get("type")).removesuffix("_reference"))
            if kind and seen.get("id"):
                found[kind].setdefault(seen["id"], seen)
        _note_policy(item["incident"], policies_of)
        _note_assignees(item, assigned)
    return {
        kind: [_full(kind, seen, policies_of, assigned) for seen in rows.values()]
        for kind, rows in found.items()
    }


def _references(item: Json) -> Iterator[Json]:
    incident = item["incident"]
    for key in ("service", "escalation_policy", "priority"):
        if incident.get(key):
            yield incident[key]
    yield from incident.get("teams") or ()
    for entry in item["log_entries"]:
        yield from (thing for key in ("agent", "service", "user") if (thing := entry.get(key)))
        yield from entry.get("teams") or ()
        yield from entry.get("assignees") or ()


def _note_policy(incident: Json, policies_of: dict[str, Json]) -> None:
    if incident.get("service") and incident.get("escalation_policy"):
        policies_of.setdefault(incident["service"]["id"], incident["escalation_policy"])


def _note_assignees(item: Json, assigned: dict[str, dict[str, Json]]) -> None:
    policy = item["incident"].get("escalation_policy")
    first = next((e for e in item["log_entries"] if e["type"] == "assign_log_entry"), None)
    if policy and first and first.get("assignees"):
        people = assigned.setdefault(policy["id"], {})
        if not people:
            people.update({person["id"]: person for person in first["assignees"]})


def _full(kind: str, seen: Json, policies_of: dict[str, Json], assigned: dict[str, dict[str, Json]]) -> Json:
    name = seen.get("summary") or seen["id"]
    row = {"id": seen["id"], "name": name, "summary": name}
    if kind == "services" and seen["id"] in policies_of:
        row["escalation_policy"] = reference(policies_of[seen["id"]])
    if kind == "escalation_policies" and assigned.get(seen["id"]):
        targets = [reference(person) for person in assigned[seen["id"]].values()]
        rule = {
            "id": f"{seen['id']}-1",
            "escalation_delay_in_minutes": ESCALATION_DELAY_MINUTES,
            "targets": targets,
        }
        row["escalation_rules"] = [rule]
    return row
