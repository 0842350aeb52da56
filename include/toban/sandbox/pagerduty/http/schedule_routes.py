"""Schedules and their overrides."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.http.answering import answer, nothing, page
from toban.sandbox.pagerduty.http.asking import body_of, flag, paging, window, world_of
from toban.sandbox.pagerduty.http.including import presented
from toban.sandbox.pagerduty.refusals import RefusedError, invalid, not_found
from toban.sandbox.pagerduty.schedules.rendering import rendered, user_reference
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

router = APIRouter()

DEFAULT_RENDERING = timedelta(weeks=2)  # until, where only since is given


@router.get("/schedules")
async def list_schedules(request: Request) -> Response:
    world = world_of(request)
    query = request.query_params.get("query", "").casefold()
    rows = [
        presented("schedules", one)
        for one in world.directory.all("schedules")
        if query in one["name"].casefold()
    ]
    return page("schedules", [row | {"schedule_layers": []} for row in rows], paging(request))


@router.get("/schedules/{key}")
async def show_schedule(request: Request, key: str) -> Response:
    """Rendered where since or until is given; otherwise the entries stay empty and the coverage null."""
    world = world_of(request)
    schedule = _find(world, key)
    since, until = window(request)
    if not since and not until:
        empty: Json = {"rendered_schedule_entries": [], "rendered_coverage_percentage": None}
        final = {"name": "Final Schedule"} | empty
        shown = presented("schedules", schedule) | {"final_schedule": final}
        return answer({"schedule": shown | {"overrides_subschedule": {"name": "Overrides"} | empty}})
    since = since or world.now()
    until = until or since + DEFAULT_RENDERING
    shown = rendered(schedule, world.directory, since, until, overflow=flag(request, "overflow"))
    return answer({"schedule": shown})


@router.get("/schedules/{key}/users")
async def list_schedule_users(request: Request, key: str) -> Response:
    world = world_of(request)
    ids = {
        member["user"]["id"] for layer in _find(world, key)["schedule_layers"] for member in layer["users"]
    }
    return answer(
        {"users": [presented("users", one) for one in world.directory.all("users") if one["id"] in ids]}
    )


@router.get("/schedules/{key}/overrides")
async def list_overrides(request: Request, key: str) -> Response:
    since, until = window(request, required=True)
    overrides = [
        one
        for one in _find(world_of(request), key)["overrides"]
        if since and until and parse(one["end"]) > since and parse(one["start"]) < until
    ]
    return answer({"overrides": overrides})


@router.post("/schedules/{key}/overrides")
async def create_overrides(request: Request, key: str) -> Response:
    """{"overrides": […]} answers with a result for each; {"override": {…}} with that one."""
    world, body = world_of(request), await body_of(request)
    schedule = _find(world, key)
    with world.changing():
        if "override" in body:
            return answer({"override": _add_override(world, schedule, body["override"])}, 201)
        results = [_tried_override(world, schedule, asked) for asked in body.get("overrides") or ()]
    if not results:
        raise invalid("Overrides must not be empty.")
    return answer(results, 201)


@router.delete("/schedules/{key}/overrides/{override}")
async def delete_override(request: Request, key: str, override: str) -> Response:
    world = world_of(request)
    schedule = _find(world, key)
    with world.changing():
        left = [one for one in schedule["overrides"] if one["id"] != override]
        if len(left) == len(schedule["overrides"]):
            raise not_found()
        schedule["overrides"] = left
        world.mark("schedule", schedule["id"], schedule)
    return nothing()


def _tried_override(world: World, schedule: Json, asked: Json) -> Json:
    try:
        return {"status": 201, "override": _add_override(world, schedule, asked)}
    except RefusedError as refused:
        return {"status": refused.status, "errors": list(refused.errors), "override": asked}


def _add_override(world: World, schedule: Json, asked: Json) -> Json:
    try:
        start, end = parse(asked["start"]), parse(asked["end"])
        user = world.directory.find("users", asked["user"]["id"])
    except (KeyError, TypeError, ValueError):
        raise invalid("An override needs start and end as ISO 8601 date-times, and a user.") from None
    if not user:
        raise invalid("Override must have a valid user.")
    if end <= start or end <= world.now():
        raise invalid("Override must end after its start and after now.", code=3001)
    override = {"id": world.new_id("Q"), "start": asked["start"], "end": asked["end"]}
    override["user"] = user_reference(world.directory, user["id"])
    schedule["overrides"] = [*schedule["overrides"], override]
    world.mark("schedule", schedule["id"], schedule)
    return override


def _find(world: World, key: str) -> Json:
    schedule = world.directory.find("schedules", key)
    if not schedule:
        raise not_found()
    return schedule
