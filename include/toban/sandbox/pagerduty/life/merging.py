"""Several incidents become one."""

from toban.sandbox.pagerduty.complete import incident_reference
from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.statuses import count_alerts, resolve
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.refusals import already_merged, already_resolved, invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

MOST_ALERTS = 1000  # per incident, as documented


def merge(world: World, target: Json, sources: list[Json], actor: Actor) -> None:
    """The sources are resolved into the target, which takes over their alerts.

    Raises RefusedError when the target is not open, a source was merged before or is the target itself.
    """
    if target["status"] == "resolved":
        raise already_resolved()
    alerts = sum(len(world.alerts[one["id"]]) for one in (target, *sources))
    if alerts > MOST_ALERTS:
        raise invalid(f"Together they have {alerts} alerts; an incident holds at most {MOST_ALERTS}.")
    for source in sources:
        if source["resolve_reason"]:
            raise already_merged()
        if source is target:
            raise invalid("An incident cannot be merged into itself.")
    for source in sources:
        _merge_one(world, target, source, actor)


def _merge_one(world: World, target: Json, source: Json, actor: Actor) -> None:
    pointer = incident_reference(target)
    moved, world.alerts[source["id"]] = world.alerts[source["id"]], []
    for alert in moved:
        alert["incident"] = pointer
        unlinked = f"Alert moved to incident #{target['incident_number']}"
        write(world, source, "unlink", actor, unlinked, linked_incident=pointer)
        linked = f"Alert moved from incident #{source['incident_number']}"
        write(world, target, "link", actor, linked, linked_incident=incident_reference(source))
    world.alerts[target["id"]] += moved
    reason = {"type": "merge_resolve_reason", "incident": pointer}
    if source["status"] == "resolved":
        world.touch(source, resolve_reason=reason)
    else:
        resolve(world, source, actor, reason=reason)
    count_alerts(world, target)
    world.mark("alerts", source["id"], [])
