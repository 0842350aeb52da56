"""One row of POST /analytics/raw/incidents."""

from typing import Any

from toban.sandbox.pagerduty.analytics.choosing import is_major
from toban.sandbox.pagerduty.analytics.interruptions import interruptions
from toban.sandbox.pagerduty.analytics.story import Story, by_person
from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World


def raw_row(world: World, incident: Json) -> Json:
    """All fields of the schema; moments are naive UTC, as in PagerDuty's samples."""
    story = Story(incident, world.entries.of(incident["id"]))
    resolved = story.resolved
    resolver = resolved["agent"] if resolved and by_person(resolved) else None
    return {
        "id": incident["id"],
        "incident_number": incident["incident_number"],
        "description": incident["title"],
        "status": incident["status"],
        "urgency": incident["urgency"],
        "created_at": naive(incident["created_at"]),
        "resolved_at": naive(resolved["created_at"]) if resolved else None,
        "updated_at": naive(incident["updated_at"]),
        "auto_resolved": bool(resolved) and resolver is None,
        "resolved_by_user_id": resolver["id"] if resolver else None,
        "resolved_by_user_name": resolver["summary"] if resolver else None,
        "incident_type_id": None,
        "incident_type_name": (incident.get("incident_type") or {}).get("name"),
        "user_defined_effort_seconds": None,
        **_groups(incident, world.directory),
        **_people(story),
        **_durations(story),
        **_counts(story, world.directory),
    }


def naive(text: str) -> str:
    return parse(text).strftime("%Y-%m-%dT%H:%M:%S")


def _groups(incident: Json, directory: Directory) -> Json:
    priority = incident.get("priority") or {}
    team = incident["teams"][0] if incident["teams"] else None
    shown: Json = {
        "priority_id": priority.get("id"),
        "priority_name": priority.get("name") or priority.get("summary"),
        "priority_order": priority.get("order"),
        "major": is_major(incident, directory),
    }
    for name, pointer in (("team", team), ("service", incident["service"])):
        shown |= _named(name, pointer)
    return shown | _named("escalation_policy", incident.get("escalation_policy"))


def _named(name: str, pointer: Json | None) -> Json:
    summary = pointer["summary"] if pointer else None
    return {f"{name}_id": pointer["id"] if pointer else None, f"{name}_name": summary}


def _people(story: Story) -> Json:
    acks = story.of("acknowledge_log_entry")
    engaged = {entry["agent"]["id"]: entry["agent"]["summary"] for entry in acks if by_person(entry)}
    assigned = {person["id"]: person.get("summary") for person in story.assignments()}
    people: dict[str, Any] = {
        "acknowledgement_count": len(acks),
        "assignment_count": len(story.assignments()),
    }
    for name, who in (("acknowledged", engaged), ("assigned", assigned), ("joined", {})):
        people |= {f"{name}_user_ids": list(who), f"{name}_user_names": list(who.values())}
    return people | {"active_user_count": len(engaged), "engaged_user_count": len(engaged)}


def _durations(story: Story) -> Json:
    return {
        "seconds_to_first_ack": story.seconds_to_first_ack(),
        "seconds_to_resolve": story.seconds_to_resolve(),
        "seconds_to_engage": story.seconds_to_engage(),
        "seconds_to_mobilize": story.seconds_to_mobilize(),
        "engaged_seconds": story.engaged_seconds(),
        "snoozed_seconds": story.snoozed_seconds(),
    }


def _counts(story: Story, directory: Directory) -> Json:
    disturbed = interruptions(story.entries, directory)
    manual, timeout = story.escalations(by_hand=True), story.escalations(by_hand=False)
    return {
        "escalation_count": manual + timeout,
        "manual_escalation_count": manual,
        "timeout_escalation_count": timeout,
        "reassignment_count": story.reassignments(),
        "total_notifications": len(story.of("notify_log_entry")),
        "total_interruptions": sum(disturbed.values()),
        **{f"{kind}_hour_interruptions": count for kind, count in disturbed.items()},
    }
