"""Changes that leave the status alone: title, urgency, priority, policy, notes, snoozes, responders."""

from datetime import timedelta

from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.life.notifying import notify
from toban.sandbox.pagerduty.life.statuses import acknowledge
from toban.sandbox.pagerduty.life.timers import set_timers
from toban.sandbox.pagerduty.life.writing import write
from toban.sandbox.pagerduty.refusals import already_resolved, invalid
from toban.sandbox.pagerduty.wire import Json, reference, wire
from toban.sandbox.pagerduty.world import World

LONGEST_SNOOZE_S = 7 * 24 * 3600  # PagerDuty's own limit


def retitle(world: World, incident: Json, title: str) -> None:
    """PagerDuty writes no log entry for it."""
    summary = f"[#{incident['incident_number']}] {title}"
    world.touch(incident, title=title, description=title, summary=summary)


def set_urgency(world: World, incident: Json, urgency: str, actor: Actor) -> None:
    if urgency not in {"high", "low"}:
        raise invalid(f"Urgency must be high or low, not {urgency!r}.")
    if urgency == incident["urgency"]:
        return
    world.touch(incident, urgency=urgency)
    write(world, incident, "urgency_change", actor, f"Urgency changed to {urgency}", urgency=urgency)
    set_timers(world, incident)


def set_priority(world: World, incident: Json, priority: Json | None, actor: Actor) -> None:
    world.touch(incident, priority=priority)
    name = priority["summary"] if priority else "none"
    write(world, incident, "priority_change", actor, f"Priority changed to {name}", priority=priority)
    world.announce("incident.priority_updated", incident, agent=actor.agent)


def annotate(world: World, incident: Json, content: str, actor: Actor) -> Json:
    """Adds a note and returns it; its log entry has the text as the channel's summary, and no note id."""
    at = wire(world.now())
    note = {
        "id": world.new_id("Q", 14),
        "user": {key: actor.agent[key] for key in ("id", "type", "summary", "self", "html_url")},
        "channel": {"summary": "The PagerDuty website or APIs"},
        "content": content,
        "created_at": at,
        "updated_at": at,
    }
    world.notes[incident["id"]].append(note)
    world.mark("notes", incident["id"], world.notes[incident["id"]])
    noted = Actor(actor.agent, {"type": "note", "summary": content})
    write(world, incident, "annotate", noted, f"Note added by {actor.agent['summary']}")
    world.touch(incident)
    world.announce("incident.annotated", incident, agent=actor.agent, note=note)
    return note


def edit_note(world: World, incident: Json, note: Json, content: str | None) -> None:
    """Changes a note's text, or with None removes it; the log tells of neither."""
    notes = world.notes[incident["id"]]
    if content is None:
        notes.remove(note)
    else:
        note.update(content=content, updated_at=wire(world.now()))
    world.mark("notes", incident["id"], notes)
    world.touch(incident)


def snooze(world: World, incident: Json, duration_s: int, actor: Actor) -> None:
    """Acknowledged until the time is up, then triggered again. Raises RefusedError when it is resolved."""
    if incident["status"] == "resolved":
        raise already_resolved()
    if not 1 <= duration_s <= LONGEST_SNOOZE_S:
        raise invalid(f"Duration must be 1 to {LONGEST_SNOOZE_S} seconds, not {duration_s}.")
    if incident["status"] == "triggered":
        acknowledge(world, incident, actor)
    until = world.now() + timedelta(seconds=duration_s)
    snoozed = Actor(actor.agent, {"type": "website", "duration": duration_s})
    changed = [{"type": "unacknowledge", "at": wire(until)}]
    summary = f"Snoozed by {actor.agent['summary']} for {duration_s} s"
    write(world, incident, "snooze", snoozed, summary, changed_actions=changed)
    set_timers(world, incident, snoozed_until=until)


def request_responders(
    world: World, incident: Json, user_ids: list[str], message: str, actor: Actor
) -> list[Json]:
    """Rings further people without assigning them; returns what `incidents_responders` gained."""
    at = wire(world.now())
    added = []
    for user_id in user_ids:
        user = world.directory.find("users", user_id)
        if not user:
            raise invalid(f"Responder {user_id} not found.")
        responder = {"state": "pending", "user": reference(user), "incident": {"id": incident["id"]}}
        responder |= {"requester": actor.agent, "requested_at": at, "updated_at": at, "message": message}
        added.append(responder)
        summary = f"Responder request sent to {user['name']}"
        write(world, incident, "responder_request", actor, summary, user=reference(user), message=message)
    world.touch(incident, incidents_responders=[*incident.get("incidents_responders", []), *added])
    for responder in added:
        world.announce("incident.responder.added", incident, agent=actor.agent, responder=responder)
    notify(world, incident, user_ids)
    return added
