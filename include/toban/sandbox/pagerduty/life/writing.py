"""Writes log entries."""

from toban.sandbox.pagerduty.complete import incident_reference
from toban.sandbox.pagerduty.life.actors import Actor
from toban.sandbox.pagerduty.wire import Json, self_link, wire
from toban.sandbox.pagerduty.world import World


def write(world: World, incident: Json, kind: str, actor: Actor, summary: str, **more: object) -> Json:
    """Adds an entry of the kind ("acknowledge", "notify" …) to the incident's story, now."""
    key = world.new_id("R", 26)
    entry: Json = {
        "id": key,
        "type": f"{kind}_log_entry",
        "summary": summary,
        "self": self_link("log_entry", key),
        "html_url": None,
        "created_at": wire(world.now()),
        "agent": actor.agent,
        "channel": actor.channel,
        "service": incident["service"],
        "incident": incident_reference(incident),
        "teams": list(incident["teams"]),
        "contexts": [],
        **more,
    }
    world.entries.add(entry)
    world.mark("log_entry", key, entry)
    return entry
