"""How far up its escalation policy an incident stands."""

from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World


def set_standing(world: World, incident: Json, level: int, loop: int) -> None:
    """`level` counts from 1, `loop` from 0."""
    world.standings[incident["id"]] = {"level": level, "loop": loop}
    world.mark("standing", incident["id"], world.standings[incident["id"]])


def standing(world: World, incident: Json) -> tuple[int, int]:
    """(level, loop); for an incident out of a history, its escalations are counted."""
    known = world.standings.get(incident["id"])
    if known:
        return known["level"], known["loop"]
    entries = world.entries.of(incident["id"])
    raised = {entry["created_at"] for entry in entries if entry["type"] == "escalate_log_entry"}
    steps, levels = len(raised), max(1, last_level(world, incident))
    return steps % levels + 1, steps // levels


def last_level(world: World, incident: Json) -> int:
    return len(_rules(world, incident))


def delay_minutes(world: World, incident: Json, level: int) -> int:
    """How long the level has to acknowledge."""
    return int(_rules(world, incident)[level - 1]["escalation_delay_in_minutes"])


def next_level(world: World, incident: Json) -> tuple[int, int, bool] | None:
    """(level, loop, the policy starts again), or None where the policy ends."""
    level, loop = standing(world, incident)
    if level < last_level(world, incident):
        return level + 1, loop, False
    policy = world.directory.find("escalation_policies", incident["escalation_policy"]["id"])
    if policy and loop < int(policy["num_loops"] or 0) and policy["escalation_rules"]:
        return 1, loop + 1, True
    return None


def _rules(world: World, incident: Json) -> list[Json]:
    policy = world.directory.find("escalation_policies", (incident.get("escalation_policy") or {}).get("id"))
    return list(policy["escalation_rules"]) if policy else []
