"""Asking further people for help, and telling others how it stands."""

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.complete import incident_reference
from toban.sandbox.pagerduty.http.answering import answer
from toban.sandbox.pagerduty.http.asking import body_of, part_of, requester, world_of
from toban.sandbox.pagerduty.http.incident_routes import find_incident
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.edits import request_responders
from toban.sandbox.pagerduty.refusals import invalid, requester_not_found
from toban.sandbox.pagerduty.schedules.oncalls import users_on_call
from toban.sandbox.pagerduty.wire import Json, reference, wire
from toban.sandbox.pagerduty.world import World

router = APIRouter()


@router.post("/incidents/{key}/responder_requests")
async def create_responder_request(request: Request, key: str) -> Response:
    """The requester is named in the body; a From header is not needed."""
    world, body = world_of(request), await body_of(request)
    user = world.directory.find("users", body.get("requester_id"))
    if not user:
        raise requester_not_found("Requester_id must be the id of a user of the account.")
    targets = [one["responder_request_target"] for one in body.get("responder_request_targets") or ()]
    if not targets:
        raise invalid("Responder_request_targets must not be empty.")
    message = str(body.get("message") or "")
    with world.changing():
        incident = find_incident(world, key)
        people = {user_id: None for one in targets for user_id in _people(world, one)}
        added = request_responders(world, incident, list(people), message, by_user(user))
    return answer({"responder_request": _shown(incident, user, message, targets, added)})


@router.post("/incidents/{key}/status_updates")
async def create_status_update(request: Request, key: str) -> Response:
    world, user = world_of(request), requester(request)
    message = await part_of(request, "message")
    with world.changing():
        incident = find_incident(world, key)
        update = {"id": world.new_id("Q"), "message": message, "sender": reference(user)}
        update |= {"created_at": wire(world.now())}
        world.announce("incident.status_update_published", incident, agent=reference(user), update=update)
    return answer({"status_update": update})


def _people(world: World, target: Json) -> list[str]:
    """A user, or whoever the first level of an escalation policy rings now."""
    if target["type"].startswith("escalation_policy"):
        return users_on_call(world.directory, target["id"], 1, world.now())
    return [target["id"]]


def _shown(incident: Json, user: Json, message: str, targets: list[Json], added: list[Json]) -> Json:
    pointers = [
        {
            "responder_request_target": one
            | {"incident_responders": [r for r in added if r["user"]["id"] == one["id"]]}
        }
        for one in targets
    ]
    return {
        "incident": incident_reference(incident),
        "requester": reference(user),
        "requested_at": added[0]["requested_at"] if added else incident["updated_at"],
        "message": message,
        "responder_request_targets": pointers,
    }
