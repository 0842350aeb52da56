"""Webhook subscriptions: who wants to hear of what, and where."""

import secrets
from collections.abc import Iterator

from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

FILTERS = {"account_reference", "service_reference", "team_reference"}
REDACTED = "<redacted>"


def subscribe(world: World, asked: Json) -> Json:
    """Creates a subscription with a new secret, and returns it whole. Raises RefusedError for a bad one."""
    method, wanted = asked.get("delivery_method") or {}, asked.get("filter") or {}
    url = str(method.get("url", ""))
    if not url.startswith(("http://", "https://")):
        raise invalid(f"Delivery method url must be an http or https address, not {url!r}.")
    if not asked.get("events"):
        raise invalid("Events must not be empty.")
    if wanted.get("type") not in FILTERS or (wanted["type"] != "account_reference" and not wanted.get("id")):
        raise invalid("Filter must be the account, or a service or a team with its id.")
    subscription = {
        "id": world.new_id("P"),
        "type": "webhook_subscription",
        "active": bool(asked.get("active", True)),
        "description": str(asked.get("description") or ""),
        "events": list(asked["events"]),
        "filter": {"id": wanted.get("id"), "type": wanted["type"]},
        "delivery_method": {
            "id": world.new_id("P"),
            "type": "http_delivery_method",
            "url": url,
            "secret": secrets.token_hex(32),
            "temporarily_disabled": False,
            "custom_headers": list(method.get("custom_headers") or ()),
        },
    }
    _keep(world, subscription)
    return subscription


def change(world: World, subscription: Json, asked: Json) -> None:
    """description, events, filter, active, and the delivery method's url and headers may change."""
    subscription |= {key: asked[key] for key in ("description", "events", "filter", "active") if key in asked}
    method = asked.get("delivery_method") or {}
    subscription["delivery_method"] |= {
        key: method[key] for key in ("url", "custom_headers") if key in method
    }
    _keep(world, subscription)


def set_disabled(world: World, subscription: Json, *, disabled: bool) -> None:
    """PagerDuty disables an address that keeps failing; people enable it again."""
    subscription["delivery_method"]["temporarily_disabled"] = disabled
    _keep(world, subscription)


def unsubscribe(world: World, subscription: Json) -> None:
    del world.subscriptions[subscription["id"]]
    world.mark("subscription", subscription["id"], None)


def shown(subscription: Json) -> Json:
    """Without the secret, which only its creation shows, and with the headers' values hidden."""
    method = subscription["delivery_method"]
    headers = [header | {"value": REDACTED} for header in method["custom_headers"]]
    return subscription | {"delivery_method": method | {"secret": None, "custom_headers": headers}}


def listening(world: World, event_type: str, incident: Json) -> Iterator[Json]:
    """The subscriptions that want this event."""
    for subscription in list(world.subscriptions.values()):
        enabled = subscription["active"] and not subscription["delivery_method"]["temporarily_disabled"]
        if enabled and event_type in subscription["events"] and _concerns(subscription["filter"], incident):
            yield subscription


def _concerns(wanted: Json, incident: Json) -> bool:
    if wanted["type"] == "service_reference":
        return bool(wanted["id"] == incident["service"]["id"])
    if wanted["type"] == "team_reference":
        return wanted["id"] in {team["id"] for team in incident["teams"]}
    return True


def _keep(world: World, subscription: Json) -> None:
    world.subscriptions[subscription["id"]] = subscription
    world.mark("subscription", subscription["id"], subscription)
