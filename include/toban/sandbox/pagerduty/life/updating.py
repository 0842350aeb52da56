"""What PUT /incidents asks for, carried out in PagerDuty's order: edits, people, then the status."""

from toban.sandbox.pagerduty.life import edits
from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.assigning import assign_level, escalate_to, policy_reference, reassign
from toban.sandbox.pagerduty.life.statuses import acknowledge, reopen, resolve
from toban.sandbox.pagerduty.refusals import already_resolved, cannot_escalate, invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

STATUSES = ("triggered", "acknowledged", "resolved")


def update(world: World, incident: Json, body: Json, actor: Actor) -> None:
    """`body`: title, urgency, priority, escalation_policy, escalation_level, assignments, status, resolution.

    Raises RefusedError 1001, 1002, 1006 or 2001; what came before the refused part stays done.
    """
    _edit(world, incident, body, actor)
    if body.get("escalation_level") is not None:
        if incident["status"] == "resolved":
            raise already_resolved()
        escalate_to(world, incident, _level(body["escalation_level"]), actor)
    if body.get("assignments"):
        if incident["status"] == "resolved":
            raise already_resolved()
        reassign(world, incident, _assignees(world, body["assignments"]), actor)
    if body.get("status") is not None:
        _set_status(world, incident, body, actor)


def _edit(world: World, incident: Json, body: Json, actor: Actor) -> None:
    if body.get("title"):
        edits.retitle(world, incident, str(body["title"]))
    if body.get("urgency"):
        edits.set_urgency(world, incident, str(body["urgency"]), actor)
    if "priority" in body:
        edits.set_priority(world, incident, _priority(world, body["priority"]), actor)
    if body.get("escalation_policy"):
        policy = policy_reference(world, str(body["escalation_policy"].get("id")))
        if not policy:
            raise invalid("Escalation policy not found.")
        world.touch(incident, escalation_policy=policy)
        if incident["status"] != "resolved" and "status" not in body:
            assign_level(world, incident, 1, 0, "assign", actor)


def _set_status(world: World, incident: Json, body: Json, actor: Actor) -> None:
    status = body["status"]
    if status not in STATUSES:
        raise invalid(f"Status must be one of {', '.join(STATUSES)}, not {status!r}.")
    if status == "resolved":
        resolve(world, incident, actor)
        if body.get("resolution"):
            edits.annotate(world, incident, f"Resolution Note: {body['resolution']}", actor)
    elif incident["status"] == "resolved":
        reopen(world, incident, status, actor)
    elif status == "acknowledged":
        acknowledge(world, incident, actor)


def _level(asked: object) -> int:
    if not isinstance(asked, int):
        raise cannot_escalate(f"Escalation level must be a whole number, not {asked!r}.")
    return asked


def _assignees(world: World, assignments: list[Json]) -> list[str]:
    ids = [str(one["assignee"]["id"]) for one in assignments]
    unknown = [key for key in ids if not world.directory.find("users", key)]
    if unknown:
        raise invalid(f"Assignee {unknown[0]} not found.")
    return ids


def _priority(world: World, asked: Json | None) -> Json | None:
    if not asked:
        return None
    known = world.directory.find("priorities", asked.get("id"))
    if not known:
        raise invalid("Priority not found.")
    return known
