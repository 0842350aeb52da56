"""An incident's way: triggered, acknowledged, resolved, and back."""

from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.assigning import assign_level
from toban.sandbox.pagerduty.life.notifying import assignee_ids, notify
from toban.sandbox.pagerduty.life.timers import set_timers
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.refusals import already_acknowledged, already_resolved
from toban.sandbox.pagerduty.wire import Json, wire
from toban.sandbox.pagerduty.world import World


def acknowledge(world: World, incident: Json, actor: Actor) -> None:
    """The actor takes it on. Raises RefusedError 1001 when resolved, 1002 when they have it already."""
    if incident["status"] == "resolved":
        raise already_resolved()
    holders = [one["acknowledger"]["id"] for one in incident["acknowledgements"]]
    if actor.agent["id"] in holders:
        raise already_acknowledged()
    at = wire(world.now())
    taken = [*incident["acknowledgements"], {"at": at, "acknowledger": actor.agent}]
    _change_status(world, incident, "acknowledged", actor, acknowledgements=taken)
    if actor.is_user and actor.agent["id"] not in assignee_ids(incident):
        more = {"at": at, "assignee": actor.agent}
        world.touch(incident, assignments=[*incident["assignments"], more])
    service = world.directory.find("services", incident["service"]["id"]) or {}
    lasts_s = service.get("acknowledgement_timeout")
    summary = f"Acknowledged by {actor.agent['summary']}"
    write(world, incident, "acknowledge", actor, summary, acknowledgement_timeout=lasts_s)
    set_timers(world, incident)
    world.announce("incident.acknowledged", incident, agent=actor.agent)


def unacknowledge(world: World, incident: Json, actor: Actor) -> None:
    """The acknowledgement lapses; those assigned are rung again."""
    _change_status(world, incident, "triggered", actor, acknowledgements=[])
    write(world, incident, "unacknowledge", actor, "Unacknowledged due to timeout")
    set_timers(world, incident)
    world.announce("incident.unacknowledged", incident, agent=actor.agent)
    notify(world, incident, assignee_ids(incident))


def resolve(world: World, incident: Json, actor: Actor, *, reason: Json | None = None) -> None:
    """It is over, and so are its alerts. Raises RefusedError 1001 when it was already."""
    if incident["status"] == "resolved":
        raise already_resolved()
    at = wire(world.now())
    gone: Json = {"resolved_at": at, "assignments": [], "acknowledgements": [], "pending_actions": []}
    _change_status(world, incident, "resolved", actor, resolve_reason=reason, **gone)
    for alert in world.alerts[incident["id"]]:
        if alert["status"] != "resolved":
            alert.update(status="resolved", resolved_at=at)
    count_alerts(world, incident)
    write(world, incident, "resolve", actor, f"Resolved by {actor.agent['summary']}")
    world.announce("incident.resolved", incident, agent=actor.agent)


def reopen(world: World, incident: Json, status: str, actor: Actor) -> None:
    """Back from resolved: triggered rings the policy's first level, acknowledged gives it to the actor."""
    _change_status(world, incident, "triggered", actor, resolved_at=None, resolve_reason=None)
    write(world, incident, "reopen", actor, f"Reopened by {actor.agent['summary']}")
    world.announce("incident.reopened", incident, agent=actor.agent)
    if status == "acknowledged":
        acknowledge(world, incident, actor)
    else:
        assign_level(world, incident, 1, 0, "assign", actor)


def count_alerts(world: World, incident: Json) -> None:
    """Brings alert_counts in line with the alerts."""
    alerts = world.alerts[incident["id"]]
    resolved = sum(alert["status"] == "resolved" for alert in alerts)
    if alerts:
        counts = {"all": len(alerts), "triggered": len(alerts) - resolved, "resolved": resolved}
    else:  # a history without alerts still says how many there were
        total = incident["alert_counts"]["all"]
        over = incident["status"] == "resolved"
        counts = {"all": total, "triggered": 0 if over else total, "resolved": total if over else 0}
    world.touch(incident, alert_counts=counts)
    world.mark("alerts", incident["id"], alerts)


def _change_status(world: World, incident: Json, status: str, actor: Actor, **fields: object) -> None:
    at = wire(world.now())
    world.touch(
        incident, status=status, last_status_change_at=at, last_status_change_by=actor.agent, **fields
    )
