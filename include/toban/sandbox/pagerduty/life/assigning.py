"""Hands incidents to people: the escalation policy's levels, and reassignment by hand."""

from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.notifying import notify
from toban.sandbox.pagerduty.life.timers import set_timers
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.refusals import cannot_escalate
from toban.sandbox.pagerduty.schedules.oncalls import users_on_call
from toban.sandbox.pagerduty.schedules.rendering import user_reference
from toban.sandbox.pagerduty.standing import last_level, next_level, set_standing
from toban.sandbox.pagerduty.wire import Json, reference, wire
from toban.sandbox.pagerduty.world import World


def assign_level(world: World, incident: Json, level: int, loop: int, kind: str, actor: Actor) -> list[str]:
    """Assign whoever is on call at the level or, in a gap, above it; returns their ids."""
    policy_id = incident["escalation_policy"]["id"]
    for rung in range(level, last_level(world, incident) + 1):
        users = users_on_call(world.directory, policy_id, rung, world.now())
        if users:
            set_standing(world, incident, rung, loop)
            world.touch(incident, assigned_via="escalation_policy")
            _assign(world, incident, users, kind, actor)
            return users
    set_standing(world, incident, level, loop)
    set_timers(world, incident)
    return []


def escalate_to(world: World, incident: Json, level: int, actor: Actor) -> None:
    """Escalate by hand to an absolute level. Raises RefusedError 1006 for low urgency or an unknown level."""
    if incident["urgency"] == "low":
        raise cannot_escalate("Low urgency incidents cannot be escalated.")
    if not 1 <= level <= last_level(world, incident):
        raise cannot_escalate(f"The escalation policy has no level {level}.")
    _wake(world, incident, actor)
    assign_level(world, incident, level, 0, "escalate", actor)
    world.announce("incident.escalated", incident, agent=actor.agent)


def escalate_next(world: World, incident: Json, actor: Actor) -> None:
    """The policy's next level, or its first one again while loops are left; at the end nothing."""
    following = next_level(world, incident)
    if following is None:
        return
    level, loop, repeats = following
    if repeats:
        write(world, incident, "repeat_escalation_path", actor, "Escalation policy starts again")
    assign_level(world, incident, level, loop, "escalate", actor)
    world.announce("incident.escalated", incident, agent=actor.agent)


def reassign(world: World, incident: Json, user_ids: list[str], actor: Actor) -> None:
    """Assign people directly; the incident no longer follows its escalation policy."""
    _wake(world, incident, actor)
    world.touch(incident, assigned_via="direct_assignment")
    _assign(world, incident, user_ids, "assign", actor)
    world.announce("incident.reassigned", incident, agent=actor.agent)


def _wake(world: World, incident: Json, actor: Actor) -> None:
    """An acknowledgement ends when the incident is handed on."""
    if incident["status"] == "acknowledged":
        at = wire(world.now())
        agent = actor.agent
        world.touch(
            incident,
            status="triggered",
            acknowledgements=[],
            last_status_change_at=at,
            last_status_change_by=agent,
        )


def _assign(world: World, incident: Json, user_ids: list[str], kind: str, actor: Actor) -> None:
    people = [user_reference(world.directory, key) for key in user_ids]
    at = wire(world.now())
    world.touch(incident, assignments=[{"at": at, "assignee": person} for person in people])
    if kind == "escalate":  # PagerDuty writes one entry for each person, all of the same moment
        for person in people:
            write(world, incident, kind, actor, f"Escalated to {person['summary']}", assignees=[person])
    else:
        names = ", ".join(person["summary"] for person in people)
        write(world, incident, kind, actor, f"Assigned to {names}", assignees=people)
    set_timers(world, incident)
    notify(world, incident, user_ids)


def policy_reference(world: World, key: str) -> Json | None:
    policy = world.directory.find("escalation_policies", key)
    return reference(policy) if policy else None
