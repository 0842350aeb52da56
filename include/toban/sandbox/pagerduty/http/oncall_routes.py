"""GET /oncalls."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.http.answering import page
from toban.sandbox.pagerduty.http.asking import flag, listed, paging, window, world_of
from toban.sandbox.pagerduty.http.including import full
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.schedules.oncalls import OnCall, on_calls
from toban.sandbox.pagerduty.schedules.rendering import user_reference
from toban.sandbox.pagerduty.wire import Json, reference, wire
from toban.sandbox.pagerduty.world import World

router = APIRouter()

FARTHEST = timedelta(days=90)  # how far ahead PagerDuty answers
PARTS = {"users": "user", "schedules": "schedule", "escalation_policies": "escalation_policy"}


@router.get("/oncalls")
async def list_oncalls(request: Request) -> Response:
    """Who is on call at any moment of [since, until], by default now."""
    world = world_of(request)
    since, until = window(request)
    since = since or min(world.now(), until or world.now())
    until = until or since
    if until > world.now() + FARTHEST:
        raise invalid("Until must not be more than 90 days ahead.", code=2005)
    found = [one for one in on_calls(world.directory, since, until) if _wanted(request, one)]
    if flag(request, "earliest"):
        found = _earliest(found)
    include = listed(request, "include")
    return page("oncalls", [_shown(world, one, include) for one in found], paging(request))


def _wanted(request: Request, one: OnCall) -> bool:
    """`schedule_ids[]=null` asks for those who are on call without a schedule."""
    asked = {
        "escalation_policy_ids": one.policy_id,
        "user_ids": one.user_id,
        "schedule_ids": one.schedule_id or "null",
    }
    return all(not (ids := listed(request, name)) or value in ids for name, value in asked.items())


def _earliest(found: list[OnCall]) -> list[OnCall]:
    """The first of each policy, level and user; `found` is sorted by start within them."""
    first: dict[tuple[str, int, str], OnCall] = {}
    for one in found:
        first.setdefault((one.policy_id, one.level, one.user_id), one)
    return list(first.values())


def _shown(world: World, one: OnCall, include: list[str]) -> Json:
    policy = world.directory.find("escalation_policies", one.policy_id)
    schedule = world.directory.find("schedules", one.schedule_id)
    shown = {
        "escalation_policy": reference(policy) if policy else None,
        "escalation_level": one.level,
        "schedule": reference(schedule) if schedule else None,
        "user": user_reference(world.directory, one.user_id),
        "start": wire(one.start) if one.start else None,
        "end": wire(one.end) if one.end else None,
    }
    for kind, part in PARTS.items():
        if kind in include and shown[part]:
            shown[part] = full(world, kind, shown[part])  # type: ignore[arg-type]
    return shown
