"""Change events: the account's, a service's, and those near an incident; newest first."""

from collections.abc import Iterator
from datetime import timedelta

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.http.answering import page
from toban.sandbox.pagerduty.http.asking import listed, paging, window, world_of
from toban.sandbox.pagerduty.http.incident_routes import find_incident
from toban.sandbox.pagerduty.refusals import invalid, not_found
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

router = APIRouter()

KEPT = timedelta(days=90)  # how long change events last
RELATED_REACH = timedelta(days=1)  # before the incident; how far PagerDuty looks back is not documented


@router.get("/change_events")
async def list_change_events(request: Request) -> Response:
    """since and until must be written in UTC; `service_ids[]` is the sandbox's own."""
    services = set(listed(request, "service_ids"))
    rows = [one for one in _asked(request) if not services or services & _services(one)]
    return page("change_events", rows, paging(request))


@router.get("/services/{key}/change_events")
async def list_change_events_of_service(request: Request, key: str) -> Response:
    """The same of one service."""
    if not world_of(request).directory.find("services", key):
        raise not_found()
    return page("change_events", [one for one in _asked(request) if key in _services(one)], paging(request))


@router.get("/incidents/{key}/related_change_events")
async def list_related_change_events(request: Request, key: str) -> Response:
    """Those of the day before the incident: its own service's first, each with why it may be related."""
    world = world_of(request)
    incident = find_incident(world, key)
    began, service = parse(incident["created_at"]), incident["service"]["id"]
    near = [one for one in _kept(world) if began - RELATED_REACH <= parse(one["timestamp"]) <= began]
    own = [one for one in near if service in _services(one)]
    others = [one for one in near if service not in _services(one)]
    rows = [_related(one, "most_recent") for one in own] + [
        _related(one, "related_service") for one in others
    ]
    return page("change_events", rows, paging(request))


def _asked(request: Request) -> list[Json]:
    """What since, until, team_ids[] and integration_ids[] leave."""
    _require_utc(request)
    since, until = window(request)
    world, teams = world_of(request), set(listed(request, "team_ids"))
    integrations = set(listed(request, "integration_ids"))
    return [
        one
        for one in _kept(world)
        if (not since or parse(one["timestamp"]) >= since)
        and (not until or parse(one["timestamp"]) <= until)
        and (not teams or teams & _teams(world, one))
        and (not integrations or one["integration"]["id"] in integrations)
    ]


def _require_utc(request: Request) -> None:
    for name in ("since", "until"):
        text = request.query_params.get(name, "Z")
        if not text.endswith(("Z", "+00:00", " 00:00")):
            raise invalid(f"{name.capitalize()} must be in UTC, not {text!r}.")


def _kept(world: World) -> Iterator[Json]:
    """Newest first, also where they arrived in another order."""
    kept = [one for one in world.change_events if parse(one["timestamp"]) >= world.now() - KEPT]
    return iter(sorted(kept, key=lambda one: str(one["timestamp"]), reverse=True))


def _services(change: Json) -> set[str]:
    return {service["id"] for service in change["services"]}


def _teams(world: World, change: Json) -> set[str]:
    services = [world.directory.find("services", key) or {} for key in _services(change)]
    return {team["id"] for service in services for team in service.get("teams", ())}


def _related(change: Json, reason: str) -> Json:
    return change | {"correlation_reason": {"reason": reason}}
