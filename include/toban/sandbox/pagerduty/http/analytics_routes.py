"""Analytics: raw incidents and their metrics. Here they are always up to date; PagerDuty lags up to a day."""

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.analytics.choosing import chosen, zone_of
from toban.sandbox.pagerduty.analytics.metrics import UNITS, metrics
from toban.sandbox.pagerduty.analytics.raw import raw_row
from toban.sandbox.pagerduty.http.answering import answer
from toban.sandbox.pagerduty.http.asking import body_of, world_of
from toban.sandbox.pagerduty.http.incident_routes import find_incident
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

router = APIRouter()

MOST_ROWS = 1000
DEFAULT_ROWS = 100
ORDERS = ("created_at", "seconds_to_resolve", "updated_at")


@router.post("/analytics/raw/incidents")
async def list_raw(request: Request) -> Response:
    """Next page: `starting_after` = `last`, while `more`."""
    world, body = world_of(request), await body_of(request)
    filters = body.get("filters") or {}
    rows, limit = (
        _ordered(world, body, chosen(world, filters)),
        min(int(body.get("limit") or DEFAULT_ROWS), MOST_ROWS),
    )
    begin = _after(rows, body)
    page = rows[begin : begin + limit]
    return answer(
        {
            "first": page[0]["id"] if page else None,
            "last": page[-1]["id"] if page else None,
            "limit": limit,
            "more": begin + limit < len(rows),
            "order": body.get("order") or "desc",
            "order_by": body.get("order_by") or "created_at",
            "filters": filters,
            "time_zone": body.get("time_zone") or "Etc/UTC",
            "data": [raw_row(world, incident) for incident in page],
        }
    )


@router.get("/analytics/raw/incidents/{key}")
async def show_raw(request: Request, key: str) -> Response:
    world = world_of(request)
    return answer(raw_row(world, find_incident(world, key)))


@router.post("/analytics/metrics/incidents/all")
async def list_metrics(request: Request) -> Response:
    world, body = world_of(request), await body_of(request)
    filters, unit, zone = body.get("filters") or {}, body.get("aggregate_unit"), zone_of(body)
    if unit not in UNITS:
        raise invalid(f"Aggregate_unit must be day, week or month, not {unit!r}.")
    rows = [raw_row(world, incident) for incident in chosen(world, filters)]
    data = metrics(rows, unit, zone)
    return answer({"data": data, "filters": filters, "time_zone": zone.key, "aggregate_unit": unit})


def _ordered(world: World, body: Json, rows: list[Json]) -> list[Json]:
    by, order = body.get("order_by") or "created_at", body.get("order") or "desc"
    if by not in ORDERS or order not in {"asc", "desc"}:
        raise invalid(f"Order_by must be one of {', '.join(ORDERS)}, and order asc or desc.")
    if by == "seconds_to_resolve":
        length = {one["id"]: raw_row(world, one)["seconds_to_resolve"] or 0 for one in rows}
        return sorted(rows, key=lambda one: length[one["id"]], reverse=order == "desc")
    return sorted(rows, key=lambda one: str(one[by]), reverse=order == "desc")


def _after(rows: list[Json], body: Json) -> int:
    cursor = body.get("starting_after")
    if not cursor:
        return 0
    place = next((number for number, one in enumerate(rows) if one["id"] == cursor), None)
    if place is None:
        raise invalid(f"Starting_after is no cursor of these results: {cursor!r}.")
    return place + 1
