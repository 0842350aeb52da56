"""Changing incidents."""

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.complete import incident_reference
from toban.sandbox.pagerduty.http.answering import answer, nothing
from toban.sandbox.pagerduty.http.asking import part_of, requester, world_of
from toban.sandbox.pagerduty.http.incident_routes import find_incident
from toban.sandbox.pagerduty.life.actors import Actor, by_user
from toban.sandbox.pagerduty.life.edits import annotate, edit_note, snooze
from toban.sandbox.pagerduty.life.merging import merge
from toban.sandbox.pagerduty.life.opening import Opening, trigger
from toban.sandbox.pagerduty.life.updating import update
from toban.sandbox.pagerduty.refusals import RefusedError, invalid, not_found
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

router = APIRouter()

MOST_AT_ONCE = 250


@router.post("/incidents")
async def create_incident(request: Request) -> Response:
    world, user = world_of(request), requester(request)
    asked = await part_of(request, "incident")
    opening = _opening(world, asked)
    with world.changing():
        _refuse_known_key(world, opening)
        actor = Actor(by_user(user).agent, {"type": "web_trigger", "summary": opening.title})
        if opening.alert:
            actor.channel["details"] = opening.alert["custom_details"]
        incident = trigger(world, opening, actor)
    return answer({"incident": incident}, 201)


@router.put("/incidents")
async def update_incidents(request: Request) -> Response:
    """At most 250 at once; the first one that cannot be changed ends it with its error."""
    world, actor = world_of(request), by_user(requester(request))
    asked = await part_of(request, "incidents")
    if len(asked) > MOST_AT_ONCE:
        raise RefusedError(
            413, 2001, "Request Entity Too Large", f"At most {MOST_AT_ONCE} incidents at once."
        )
    with world.changing():
        changed = [find_incident(world, str(one.get("id"))) for one in asked]
        for incident, one in zip(changed, asked, strict=True):
            update(world, incident, one, actor)
    return answer({"incidents": changed})


@router.put("/incidents/{key}")
async def update_incident(request: Request, key: str) -> Response:
    world, actor = world_of(request), by_user(requester(request))
    asked = await part_of(request, "incident")
    with world.changing():
        incident = find_incident(world, key)
        update(world, incident, asked, actor)
    return answer({"incident": incident})


@router.post("/incidents/{key}/notes")
async def create_note(request: Request, key: str) -> Response:
    world, actor = world_of(request), by_user(requester(request))
    content = (await part_of(request, "note")).get("content")
    if not content or not isinstance(content, str):
        raise invalid("Content must not be empty.")
    with world.changing():
        note = annotate(world, find_incident(world, key), content, actor)
    return answer({"note": note})


@router.put("/incidents/{key}/notes/{note}")
async def change_note(request: Request, key: str, note: str) -> Response:
    world = world_of(request)
    requester(request)
    content = str((await part_of(request, "note")).get("content") or "")
    with world.changing():
        incident, found = _note(world, key, note)
        edit_note(world, incident, found, content or found["content"])
    return answer({"note": found})


@router.delete("/incidents/{key}/notes/{note}")
async def delete_note(request: Request, key: str, note: str) -> Response:
    """Needs no From header."""
    world = world_of(request)
    with world.changing():
        incident, found = _note(world, key, note)
        edit_note(world, incident, found, None)
    return nothing()


@router.post("/incidents/{key}/snooze")
async def snooze_incident(request: Request, key: str) -> Response:
    world, actor = world_of(request), by_user(requester(request))
    duration = await part_of(request, "duration")
    if not isinstance(duration, int):
        raise invalid(f"Duration must be a whole number of seconds, not {duration!r}.")
    with world.changing():
        incident = find_incident(world, key)
        snooze(world, incident, duration, actor)
    return answer({"incident": incident}, 201)


@router.put("/incidents/{key}/merge")
async def merge_incidents(request: Request, key: str) -> Response:
    world, actor = world_of(request), by_user(requester(request))
    asked = await part_of(request, "source_incidents")
    with world.changing():
        target = find_incident(world, key)
        merge(world, target, [find_incident(world, str(one.get("id"))) for one in asked], actor)
    return answer({"incident": incident_reference(target)})


def _note(world: World, key: str, note: str) -> tuple[Json, Json]:
    incident = find_incident(world, key)
    for found in world.notes.get(incident["id"], ()):
        if found["id"] == note:
            return incident, found
    raise not_found()


def _opening(world: World, asked: Json) -> Opening:
    if not asked.get("title"):
        raise invalid("Title must not be empty.")
    service = world.directory.find("services", (asked.get("service") or {}).get("id"))
    if not service:
        raise invalid("Service not found.")
    body = asked.get("body")
    details = {"details": body.get("details")} if body else None
    key = asked.get("incident_key")
    alert = {
        "summary": asked["title"],
        "dedup_key": key or world.new_id("", 32).lower(),
        "custom_details": details,
    }
    return Opening(
        title=str(asked["title"]),
        service=service,
        key=key,
        urgency=asked.get("urgency"),
        priority=world.directory.find("priorities", (asked.get("priority") or {}).get("id")),
        policy_id=(asked.get("escalation_policy") or {}).get("id"),
        assignee_ids=tuple(one["assignee"]["id"] for one in asked.get("assignments") or ()),
        alert=alert if body else None,
    )


def _refuse_known_key(world: World, opening: Opening) -> None:
    same = (one for one in world.incidents.open() if one["service"]["id"] == opening.service["id"])
    if opening.key and any(one["incident_key"] == opening.key for one in same):
        raise invalid("Open incident with matching dedup key already exists on this service", code=2002)
