"""Which incidents a question about the past means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

LONGEST_RANGE = timedelta(days=366)  # "one year"
MAJOR_RANKS = 2
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def chosen(world: World, filters: Json) -> list[Json]:
    """Incidents with created_at_start <= created_at < created_at_end and the other filters, oldest first."""
    start = _moment(filters, "created_at_start") or BEGINNING
    end = _moment(filters, "created_at_end") or world.now() + timedelta(seconds=1)
    if filters.get("created_at_start") and filters.get("created_at_end") and end - start > LONGEST_RANGE:
        raise invalid("The range of created_at_start and created_at_end must not be longer than a year.")
    last = end - timedelta(microseconds=1)  # the end itself does not belong to the range
    found = [incident for incident in world.incidents.created(start, last) if _matches(incident, filters)]
    if filters.get("major") is None:
        return found
    return [incident for incident in found if is_major(incident, world.directory) == filters["major"]]


def is_major(incident: Json, directory: Directory) -> bool:
    """It has one of the two highest priorities. (PagerDuty also counts several responders added by hand.)"""
    ranking = sorted(directory.all("priorities"), key=lambda one: -int(one["order"]))
    return (incident.get("priority") or {}).get("id") in {one["id"] for one in ranking[:MAJOR_RANKS]}


def zone_of(body: Json) -> ZoneInfo:
    name = body.get("time_zone") or "Etc/UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise invalid(f"Time_zone must be a name of the tz database, not {name!r}.") from None


def _matches(incident: Json, filters: Json) -> bool:
    priority = incident.get("priority") or {}
    has = {
        "team_ids": {team["id"] for team in incident["teams"]},
        "service_ids": {incident["service"]["id"]},
        "escalation_policy_ids": {(incident.get("escalation_policy") or {}).get("id")},
        "priority_ids": {priority.get("id")},
        "priority_names": {priority.get("name") or priority.get("summary")},
    }
    if any(filters.get(name) and not values & set(filters[name]) for name, values in has.items()):
        return False
    if filters.get("updated_after") and incident["updated_at"] <= filters["updated_after"]:
        return False
    return not filters.get("urgency") or filters["urgency"] == incident["urgency"]


def _moment(filters: Json, name: str) -> datetime | None:
    if not filters.get(name):
        return None
    try:
        return parse(filters[name])
    except (TypeError, ValueError):
        raise invalid(f"{name.capitalize()} is no ISO 8601 date-time: {filters[name]!r}.") from None
