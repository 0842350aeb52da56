"""Rings people as their notification rules say, at once or after their delay."""

from datetime import timedelta

from toban.sandbox.pagerduty.life.actors import Actor, by_clock
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.wire import Json, parse, reference, wire
from toban.sandbox.pagerduty.world import World

# Whoever has no rule of their own is reached so, as PagerDuty sets up new users.
DEFAULT_TYPE = {"high": "push_notification_contact_method", "low": "email_contact_method"}


def notify(world: World, incident: Json, user_ids: list[str]) -> None:
    """Immediate rules ring now; the others become reminders that the clock looks at."""
    for user_id in user_ids:
        user = world.directory.find("users", user_id)
        for delay_minutes, method in _rules(user, incident["urgency"]) if user else ():
            call = {"incident": incident["id"], "user": user_id, "method": method}
            if delay_minutes:
                _remind(world, {"at": wire(world.now() + timedelta(minutes=delay_minutes)), **call})
            else:
                _ring(world, incident, call)


def ring_due(world: World) -> None:
    """Rings what was delayed until now, if the incident still waits for that person."""
    due = [(key, call) for key, call in world.reminders.items() if parse(call["at"]) <= world.now()]
    for key, call in due:
        del world.reminders[key]
        world.mark("reminder", key, None)
        incident = world.incidents.find(call["incident"])
        if incident and incident["status"] == "triggered" and call["user"] in assignee_ids(incident):
            _ring(world, incident, call)


def _remind(world: World, call: Json) -> None:
    key = world.new_id()
    world.reminders[key] = call
    world.mark("reminder", key, call)


def assignee_ids(incident: Json) -> list[str]:
    return [assignment["assignee"]["id"] for assignment in incident["assignments"]]


def _rules(user: Json, urgency: str) -> list[tuple[int, Json]]:
    """(minutes of delay, contact method) for the urgency."""
    methods = {method["id"]: method for method in user["contact_methods"]}
    rules = []
    for rule in user["notification_rules"]:
        if rule.get("urgency") == urgency and rule.get("contact_method"):
            pointer = rule["contact_method"]
            rules.append((int(rule.get("start_delay_in_minutes", 0)), methods.get(pointer["id"], pointer)))
    return rules or [
        (0, {"type": DEFAULT_TYPE[urgency], "address": user["email"] if urgency == "low" else None})
    ]


def _ring(world: World, incident: Json, call: Json) -> None:
    user = world.directory.find("users", call["user"])
    if not user:
        return
    means = call["method"]["type"].removesuffix("_reference").removesuffix("_contact_method")
    kind = f"{means.removesuffix('_notification')}_notification"
    notification = {"type": kind, "address": call["method"].get("address"), "status": "success"}
    actor = Actor(by_clock(incident).agent, {"type": "auto", "notification": notification})
    write(world, incident, "notify", actor, f"Notified {user['name']}", user=reference(user))
