"""What will happen to an incident by itself: its `pending_actions`, which the clock carries out."""

from datetime import datetime, timedelta

from toban.sandbox.pagerduty.standing import delay_minutes, next_level, standing
from toban.sandbox.pagerduty.wire import Json, parse, wire
from toban.sandbox.pagerduty.world import World


def set_timers(world: World, incident: Json, *, snoozed_until: datetime | None = None) -> None:
    """Works out the pending actions anew from the incident's status; call it after every change of status."""
    now = world.now()
    service = world.directory.find("services", incident["service"]["id"]) or {}
    actions: list[Json] = []
    if incident["status"] == "triggered":
        actions += _escalation(world, incident, now)
    if incident["status"] == "acknowledged":
        timeout_s = service.get("acknowledgement_timeout")
        lapses = snoozed_until or (now + timedelta(seconds=timeout_s) if timeout_s else None)
        actions += [{"type": "unacknowledge", "at": wire(lapses)}] if lapses else []
    if incident["status"] != "resolved" and service.get("auto_resolve_timeout"):
        due = parse(incident["created_at"]) + timedelta(seconds=service["auto_resolve_timeout"])
        actions.append({"type": "resolve", "at": wire(max(due, snoozed_until or due))})
    world.touch(incident, pending_actions=actions)


def _escalation(world: World, incident: Json, now: datetime) -> list[Json]:
    """Low urgency never escalates, nor does what was assigned directly."""
    if incident["urgency"] == "low" or incident["assigned_via"] == "direct_assignment":
        return []
    if next_level(world, incident) is None:
        return []
    level, _ = standing(world, incident)
    return [{"type": "escalate", "at": wire(now + timedelta(minutes=delay_minutes(world, incident, level)))}]
