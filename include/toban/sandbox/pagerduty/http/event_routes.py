"""Events API v2 on the same port."""

import orjson
from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.http.answering import answer
from toban.sandbox.pagerduty.http.asking import world_of
from toban.sandbox.pagerduty.life.events import integration_by_key, receive
from toban.sandbox.pagerduty.wire import Json, parse, reference, wire
from toban.sandbox.pagerduty.world import World

router = APIRouter()

LONGEST_KEY = 255
LARGEST_EVENT = 512 * 1024  # bytes
SEVERITIES = ("critical", "error", "warning", "info")


@router.post("/v2/enqueue")
async def enqueue(request: Request) -> Response:
    """202 and the dedup_key; 400 with what is wrong."""
    world, raw = world_of(request), await request.body()
    if len(raw) > LARGEST_EVENT:
        return _refused(f"The event has {len(raw)} bytes; at most {LARGEST_EVENT} are taken", status=413)
    sent = _read(raw)
    found = integration_by_key(world, str(sent.get("routing_key")))
    faults = _faults(sent) if found else ["'routing_key' is not the key of an integration"]
    if not found or faults:
        return _refused(*faults)
    sent.setdefault("dedup_key", world.new_id("", 32).lower())
    with world.changing():
        receive(world, *found, sent)
    return answer({"status": "success", "message": "Event processed", "dedup_key": sent["dedup_key"]}, 202)


@router.post("/v2/change/enqueue")
async def enqueue_change(request: Request) -> Response:
    world, sent = world_of(request), _read(await request.body())
    found = integration_by_key(world, str(sent.get("routing_key")))
    if not found:
        return _refused("'routing_key' is not the key of an integration")
    if not (sent.get("payload") or {}).get("summary"):
        return _refused("'payload.summary' is missing or blank")
    with world.changing():
        change = _change_event(world, *found, sent)
        world.change_events.append(change)
        world.mark("change_event", change["id"], change)
    return answer({"status": "success", "message": "Change event processed"}, 202)


def _read(raw: bytes) -> Json:
    try:
        sent = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _faults(sent: Json) -> list[str]:
    action, key, payload = sent.get("event_action"), sent.get("dedup_key"), sent.get("payload") or {}
    faults = []
    if action not in {"trigger", "acknowledge", "resolve"}:
        faults.append("'event_action' must be trigger, acknowledge or resolve")
    if key is not None and len(str(key)) > LONGEST_KEY:
        faults.append(f"'dedup_key' is longer than {LONGEST_KEY} characters")
    if action == "trigger":
        faults += [
            f"'payload.{name}' is missing or blank" for name in ("summary", "source") if not payload.get(name)
        ]
        if payload.get("severity") not in SEVERITIES:
            faults.append(f"'payload.severity' must be one of {', '.join(SEVERITIES)}")
    elif not key:
        faults.append("'dedup_key' is missing or blank")
    return faults


def _refused(*errors: str, status: int = 400) -> Response:
    body = {"status": "invalid event", "message": "Event object is invalid", "errors": list(errors)}
    return answer(body, status)


def _change_event(world: World, service: Json, integration: Json, sent: Json) -> Json:
    payload = sent["payload"]
    return {
        "id": world.new_id("C", 26),
        "type": "change_event",
        "summary": payload["summary"],
        "source": payload.get("source"),
        "timestamp": wire(parse(payload["timestamp"]) if payload.get("timestamp") else world.now()),
        "services": [reference(service)],
        "integration": reference(integration) | {"type": "inbound_integration_reference"},
        "routing_key": sent["routing_key"],
        "links": sent.get("links") or [],
        "images": sent.get("images") or [],
        "custom_details": payload.get("custom_details") or {},
    }
