"""Reading incidents, their notes, alerts and log entries."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.entry_log import DETAIL_TYPES
from toban.sandbox.pagerduty.http.answering import answer, page
from toban.sandbox.pagerduty.http.asking import flag, listed, moment, paging, window, world_of
from toban.sandbox.pagerduty.http.including import shown_entry, shown_incident
from toban.sandbox.pagerduty.refusals import invalid, not_found
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

router = APIRouter()

DEFAULT_RANGE = timedelta(days=30)  # "default 1 month"
LONGEST_RANGE = timedelta(days=184)  # six months, of which none is longer
LATEST = "9999"  # what is not resolved sorts after everything that is
SORT_KEYS: dict[str, Callable[[Json], Any]] = {
    "incident_number": lambda one: one["incident_number"],
    "created_at": lambda one: one["created_at"],
    "resolved_at": lambda one: one["resolved_at"] or LATEST,
    "urgency": lambda one: one["urgency"],
}
FILTERS: dict[str, Callable[[Json], Iterable[str]]] = {
    "statuses": lambda one: (one["status"],),
    "urgencies": lambda one: (one["urgency"],),
    "service_ids": lambda one: (one["service"]["id"],),
    "team_ids": lambda one: (team["id"] for team in one["teams"]),
    "user_ids": lambda one: (assigned["assignee"]["id"] for assigned in one["assignments"]),
}


@router.get("/incidents")
async def list_incidents(request: Request) -> Response:
    """By default those created in the last month, by number."""
    world, asked, include = world_of(request), paging(request), listed(request, "include")
    rows = _sorted(request, list(filter(_filter(request), _candidates(request, world))))
    shown = rows[asked.offset : asked.offset + asked.limit]
    frame = {"limit": asked.limit, "offset": asked.offset, "total": len(rows) if asked.total else None}
    more = asked.offset + len(shown) < len(rows)
    return answer(
        {"incidents": [shown_incident(world, one, include) for one in shown], **frame, "more": more}
    )


@router.get("/incidents/{key}")
async def show_incident(request: Request, key: str) -> Response:
    """`key` is an id or a number."""
    world = world_of(request)
    return answer({"incident": shown_incident(world, find_incident(world, key), listed(request, "include"))})


@router.get("/incidents/{key}/notes")
async def list_notes(request: Request, key: str) -> Response:
    """All notes at once, newest first."""
    world = world_of(request)
    notes = world.notes.get(find_incident(world, key)["id"], [])
    return answer({"notes": notes[::-1]})


@router.get("/incidents/{key}/alerts")
async def list_alerts(request: Request, key: str) -> Response:
    world = world_of(request)
    statuses, alert_key = listed(request, "statuses"), request.query_params.get("alert_key")
    alerts = [
        alert
        for alert in world.alerts.get(find_incident(world, key)["id"], [])
        if (not statuses or alert["status"] in statuses) and alert_key in {None, alert["alert_key"]}
    ]
    return page("alerts", alerts, paging(request))


@router.get("/incidents/{key}/alerts/{alert}")
async def show_alert(request: Request, key: str, alert: str) -> Response:
    world = world_of(request)
    alerts = world.alerts.get(find_incident(world, key)["id"], [])
    found = next((one for one in alerts if one["id"] == alert), None)
    if not found:
        raise not_found()
    return answer({"alert": found})


@router.get("/incidents/{key}/log_entries")
async def list_entries_of_incident(request: Request, key: str) -> Response:
    """Newest first."""
    world, include = world_of(request), listed(request, "include")
    since, until = window(request)
    entries = [
        entry
        for entry in reversed(world.entries.of(find_incident(world, key)["id"]))
        if not (flag(request, "is_overview") and entry["type"] in DETAIL_TYPES)
        and (not since or parse(entry["created_at"]) >= since)
        and (not until or parse(entry["created_at"]) <= until)
    ]
    return page("log_entries", [shown_entry(world, entry, include) for entry in entries], paging(request))


def find_incident(world: World, key: str) -> Json:
    incident = world.incidents.find(key)
    if not incident:
        raise not_found()
    return incident


def _candidates(request: Request, world: World) -> Iterable[Json]:
    statuses = set(listed(request, "statuses"))
    everything = request.query_params.get("date_range") == "all"
    pool = world.incidents.open() if statuses and "resolved" not in statuses else None
    if everything:
        return world.incidents if pool is None else pool
    since, until = _range(request, world.now())
    if pool is None:
        return world.incidents.created(since, until)
    return [one for one in pool if since <= parse(one["created_at"]) <= until]


def _range(request: Request, now: datetime) -> tuple[datetime, datetime]:
    until = moment(request, "until", 2005) or max(now, moment(request, "since", 2004) or now)
    since = moment(request, "since", 2004) or until - DEFAULT_RANGE
    if since > until:
        raise invalid("Since must not be after until.", code=2004)
    if until - since > LONGEST_RANGE:
        raise invalid("The range of since and until must not be longer than 6 months.", code=2004)
    return since, until


def _filter(request: Request) -> Callable[[Json], bool]:
    """What the request's filters say about an incident; they are read once, since incidents are many."""
    asked = {name: set(values) for name in FILTERS if (values := listed(request, name))}
    key = request.query_params.get("incident_key")

    def wanted(incident: Json) -> bool:
        if key is not None and key != incident["incident_key"]:
            return False
        return all(not values.isdisjoint(FILTERS[name](incident)) for name, values in asked.items())

    return wanted


def _sorted(request: Request, incidents: list[Json]) -> list[Json]:
    asked = [part for value in listed(request, "sort_by") for part in value.split(",")]
    if len(asked) > 2:
        raise invalid("Sort_by takes at most two fields.")
    for part in reversed(asked or ["incident_number"]):
        field, _, direction = part.partition(":")
        if field not in SORT_KEYS or direction not in {"", "asc", "desc"}:
            raise invalid(f"Sort_by must be one of {', '.join(SORT_KEYS)}, with :asc or :desc, not {part!r}.")
        incidents.sort(key=SORT_KEYS[field], reverse=direction == "desc")
    return incidents
