"""The schedules of a company: weekly rotations, gaps in them, and overrides where people swapped."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from toban.sandbox.history.calendar import at_handover_time, handover_before, utc
from toban.sandbox.history.references import Ids, Ref, local_wire, ref
from toban.sandbox.history.rota import Rota

Span = tuple[datetime, datetime]

SWAP_EVERY_DAYS = 20  # somebody swaps about twice in five weeks
LAST_SWAP_BEFORE_END = timedelta(days=4)  # swaps around the end are set by `planned_swaps`


def schedule_row(
    ids: Ids, team: Ref, role: str, zone: ZoneInfo, users: list[Ref], since: datetime, gaps: list[Span]
) -> dict[str, Any]:
    """A schedule as PagerDuty gives it, with the list `overrides` beside its layers."""
    identifier, name = ids.next(), f"{team['summary']} {role}"
    start = handover_before(since - timedelta(weeks=2), zone)
    return {
        "id": identifier,
        "type": "schedule",
        "summary": name,
        "name": name,
        "description": f"{role} of {team['summary']}",
        "time_zone": zone.key,
        "teams": [team],
        "users": users,
        "escalation_policies": [],
        "schedule_layers": _layers(ids, start, users, gaps),
        "overrides": [],
    }


def _layers(ids: Ids, start: datetime, users: list[Ref], gaps: list[Span]) -> list[dict[str, Any]]:
    starts = [start, *(end for _, end in gaps)]
    ends = [*(begin for begin, _ in gaps), None]
    return [
        {
            "id": ids.next(),
            "name": f"Layer {number}",
            "start": local_wire(opening),
            "end": local_wire(closing) if closing else None,
            "rotation_virtual_start": local_wire(start),
            "rotation_turn_length_seconds": 7 * 24 * 3600,
            "users": [{"user": user} for user in users],
            "restrictions": [],
        }
        for number, (opening, closing) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def gaps_of(slug: str, role: str, zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """Times nobody was, or will be, on call: two in the past and one within the 14 days after `until`."""
    year = (until - since).days
    if (slug, role) == ("data", "primary"):
        return [(at_handover_time(until, zone, 6), at_handover_time(until, zone, 7))]
    if (slug, role) == ("shop", "primary"):
        return [(at_handover_time(since, zone, year // 3), at_handover_time(since, zone, year // 3 + 1))]
    if (slug, role) == ("platform", "secondary"):
        return [(at_handover_time(since, zone, year // 2), at_handover_time(since, zone, year // 2 + 2))]
    return []


def planned_swaps(slug: str, role: str, zone: ZoneInfo, until: datetime) -> list[Span]:
    """Swaps around `until`: one that is on at that moment, and two that are to come."""
    days = {("shop", "primary"): (-1, 1), ("payment", "primary"): (2, 3), ("platform", "secondary"): (1, 4)}
    if (slug, role) not in days:
        return []
    first, last = days[slug, role]
    return [(at_handover_time(until, zone, first), at_handover_time(until, zone, last))]


def past_swaps(rng: Random, zone: ZoneInfo, since: datetime, until: datetime, gaps: list[Span]) -> list[Span]:
    """Swaps of one, two or seven days at irregular distances; none fills a gap."""
    swaps = []
    at = since + timedelta(days=rng.uniform(1, SWAP_EVERY_DAYS))
    while at < until - LAST_SWAP_BEFORE_END - timedelta(weeks=1):
        length = rng.choice((1, 1, 2, 7))
        swaps.append((at_handover_time(at, zone), at_handover_time(at, zone, length)))
        at += timedelta(days=length + rng.uniform(2, 2 * SWAP_EVERY_DAYS))
    return [(start, end) for start, end in swaps if all(end <= gap[0] or gap[1] <= start for gap in gaps)]


def add_overrides(
    schedule: dict[str, Any], other: dict[str, Any], swaps: list[Span], rng: Random, ids: Ids
) -> None:
    """Give each swap to somebody who is on call in neither of the team's schedules at any time of it."""
    for start, end in sorted(swaps):
        busy = {span.user_id for row in (schedule, other) for span in Rota(row, utc(start), utc(end)).spans}
        free = [user for user in schedule["users"] if user["id"] not in busy]
        stand_in = rng.choice(free)
        schedule["overrides"].append(
            {
                "id": ids.next(),
                "start": local_wire(start),
                "end": local_wire(end),
                "user": ref("user", stand_in["id"], stand_in["summary"]),
            }
        )
