"""How an incident begins."""

from dataclasses import dataclass, field

from toban.sandbox.pagerduty.complete import INCIDENT_DEFAULTS, LISTS, incident_reference
from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.assigning import assign_level, reassign
from toban.sandbox.pagerduty.life.statuses import count_alerts
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json, reference, self_link, wire
from toban.sandbox.pagerduty.world import World


@dataclass(frozen=True)
class Opening:
    """What is known when an incident begins; `alert` is the event's payload, None when a person opens it."""

    title: str
    service: Json
    key: str | None = None
    urgency: str | None = None
    priority: Json | None = None
    policy_id: str | None = None
    assignee_ids: tuple[str, ...] = ()
    alert: Json | None = None
    contexts: list[Json] = field(default_factory=list)


def trigger(world: World, opening: Opening, actor: Actor) -> Json:
    """Opens an incident, assigns it and rings; returns it. Raises RefusedError if there is no policy."""
    policy = _policy(world, opening)
    incident = _new_incident(world, opening, policy, actor)
    world.incidents.add(incident)
    first = write(
        world, incident, "trigger", actor, f"Triggered through {actor.channel['type']}", **_body(opening)
    )
    world.touch(incident, first_trigger_log_entry=reference(first))
    if opening.alert is not None:
        add_alert(world, incident, opening.alert, first)
    world.announce("incident.triggered", incident, agent=actor.agent)
    if opening.assignee_ids:
        reassign(world, incident, list(opening.assignee_ids), actor)
    else:
        system = Actor(reference(opening.service), {"type": "auto"})
        assign_level(world, incident, 1, 0, "assign", system)
    return incident


def add_alert(world: World, incident: Json, payload: Json, entry: Json) -> Json:
    """An alert on the incident; `payload` has summary, source, severity, custom_details, dedup_key."""
    key = world.new_id("Q", 14)
    alert = {
        "id": key,
        "type": "alert",
        "summary": payload["summary"],
        "self": f"{self_link('incident', incident['id'])}/alerts/{key}",
        "html_url": None,
        "created_at": wire(world.now()),
        "status": "triggered",
        "alert_key": payload["dedup_key"],
        "service": incident["service"],
        "first_trigger_log_entry": reference(entry),
        "incident": incident_reference(incident),
        "suppressed": False,
        "severity": payload.get("severity", "critical"),
        "body": {"type": "alert_body", "contexts": [], "details": payload.get("custom_details") or {}},
    }
    world.alerts[incident["id"]].append(alert)
    count_alerts(world, incident)
    return alert


def _body(opening: Opening) -> Json:
    return {"event_details": {"description": opening.title}, "contexts": opening.contexts}


def _policy(world: World, opening: Opening) -> Json:
    policy_id = opening.policy_id or (opening.service.get("escalation_policy") or {}).get("id")
    policy = world.directory.find("escalation_policies", policy_id)
    if not policy:
        raise invalid("The service has no escalation policy.")
    return policy


def _urgency(opening: Opening) -> str:
    """What is asked for, else the service's constant; by severity, critical and error are high."""
    rule = opening.service.get("incident_urgency_rule") or {}
    urgency = opening.urgency or rule.get("urgency") or "high"
    if urgency == "severity_based":
        severity = (opening.alert or {}).get("severity", "critical")
        return "high" if severity in {"critical", "error"} else "low"
    return str(urgency)


def _new_incident(world: World, opening: Opening, policy: Json, actor: Actor) -> Json:
    key, number, at = world.new_id("Q", 14), world.incidents.next_number(), wire(world.now())
    incident: Json = {
        "id": key,
        "type": "incident",
        "summary": f"[#{number}] {opening.title}",
        "self": self_link("incident", key),
        "html_url": f"{world.page_url}/incident/{key}",
        "incident_number": number,
        "title": opening.title,
        "description": opening.title,
        "created_at": at,
        "updated_at": at,
        "last_status_change_at": at,
        "status": "triggered",
        "alert_counts": {"all": 0, "triggered": 0, "resolved": 0},
    }
    incident |= INCIDENT_DEFAULTS | {name: [] for name in LISTS}
    incident |= {"service": reference(opening.service), "escalation_policy": reference(policy)}
    incident |= {
        "teams": [reference(team) for team in opening.service.get("teams") or policy.get("teams") or ()]
    }
    incident |= {"incident_key": opening.key or world.new_id("", 32).lower(), "priority": opening.priority}
    incident |= {"urgency": _urgency(opening), "last_status_change_by": actor.agent}
    return incident
