"""Webhook subscriptions: create, read, change, delete, ping, enable."""

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.http.answering import answer, nothing, page
from toban.sandbox.pagerduty.http.asking import paging, part_of, world_of
from toban.sandbox.pagerduty.refusals import not_found
from toban.sandbox.pagerduty.webhooks.subscriptions import change, set_disabled, shown, subscribe, unsubscribe
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

router = APIRouter()


@router.get("/webhook_subscriptions")
async def list_subscriptions(request: Request) -> Response:
    """`filter_type` is account, service or team; `filter_id` the service or team."""
    kind, key = request.query_params.get("filter_type"), request.query_params.get("filter_id")
    rows = [
        shown(one)
        for one in world_of(request).subscriptions.values()
        if kind in {None, one["filter"]["type"].removesuffix("_reference")}
        and key in {None, one["filter"]["id"]}
    ]
    return page("webhook_subscriptions", rows, paging(request))


@router.post("/webhook_subscriptions")
async def create_subscription(request: Request) -> Response:
    """The only answer that shows the secret."""
    world = world_of(request)
    asked = await part_of(request, "webhook_subscription")
    with world.changing():
        return answer({"webhook_subscription": subscribe(world, asked)}, 201)


@router.get("/webhook_subscriptions/{key}")
async def show_subscription(request: Request, key: str) -> Response:
    return _answer(_find(world_of(request), key))


@router.put("/webhook_subscriptions/{key}")
async def change_subscription(request: Request, key: str) -> Response:
    world = world_of(request)
    asked = await part_of(request, "webhook_subscription")
    with world.changing():
        subscription = _find(world, key)
        change(world, subscription, asked)
    return _answer(subscription)


@router.delete("/webhook_subscriptions/{key}")
async def delete_subscription(request: Request, key: str) -> Response:
    world = world_of(request)
    with world.changing():
        unsubscribe(world, _find(world, key))
    return nothing()


@router.post("/webhook_subscriptions/{key}/enable")
async def enable_subscription(request: Request, key: str) -> Response:
    world = world_of(request)
    with world.changing():
        subscription = _find(world, key)
        set_disabled(world, subscription, disabled=False)
    return _answer(subscription)


@router.post("/webhook_subscriptions/{key}/ping")
async def ping_subscription(request: Request, key: str) -> Response:
    request.app.state.courier.ping(_find(world_of(request), key))
    return nothing(202)


def _answer(subscription: Json) -> Response:
    return answer({"webhook_subscription": shown(subscription)})


def _find(world: World, key: str) -> Json:
    found = world.subscriptions.get(key)
    if not found:
        raise not_found()
    return found
