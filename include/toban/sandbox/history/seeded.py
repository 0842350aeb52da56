"""Many uniform incidents quickly, for benchmarks and for limits such as the 10,000-row ceiling."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from toban.sandbox.history.calendar import utc
from toban.sandbox.history.directory import build_directory
from toban.sandbox.history.files import History
from toban.sandbox.history.references import Ids, Ref, ref, reference_to, wire

_ACKNOWLEDGED_S = 60
_RESOLVED_S = 900
FEWEST_ENTRIES = 4  # trigger, assign, acknowledge, resolve


def seeded_history(
    incidents: int, entries_per_incident: int = 6, *, seed: int = 0, until: datetime, days: int = 30
) -> History:
    """`incidents` resolved incidents, evenly spread over `days` before `until`, each with as many entries.

    Every one is acknowledged after a minute and resolved after a quarter of an hour; entries beyond the four
    of its life are notifications. Raises ValueError for fewer than four entries or for no days.
    """
    if entries_per_incident < FEWEST_ENTRIES:
        raise ValueError(f"{entries_per_incident} log entries are too few: give at least {FEWEST_ENTRIES}.")
    if days < 1:
        raise ValueError(f"{days} days leave no room: give at least 1.")
    until = utc(until).replace(microsecond=0)
    since = until - timedelta(days=days)
    directory = build_directory(Random(seed), Ids("P", 7, seed), since, until)
    services, people = directory["services"], directory["users"]
    step = (until - since - timedelta(seconds=_RESOLVED_S)) / max(1, incidents)
    moments = (since + step * number for number in count())
    ids = Ids("Q", 14, seed), Ids("R", 14, seed)
    items = [
        _item(number, at, services[number % 20], people[number % 24], ids, entries_per_incident)
        for number, at in zip(range(1, incidents + 1), moments, strict=False)
    ]
    return History(directory, items)


def _item(
    number: int,
    at: datetime,
    service: dict[str, Any],
    user: dict[str, Any],
    ids: tuple[Ids, Ids],
    entries: int,
) -> dict[str, Any]:
    title = f"Seeded incident {number} on {service['name']}"
    me = ref("incident", ids[0].next(), f"[#{number}] {title}")
    who = reference_to(user)
    common = {"service": reference_to(service), "incident": me, "teams": service["teams"], "contexts": []}
    log = [
        {"id": ids[1].next(), "type": f"{kind}_log_entry", "created_at": wire(moment), **shape, **common}
        for kind, moment, shape in _story(at, common["service"], who, title, entries)
    ]
    return {"incident": _incident(me, number, title, at, service, log), "log_entries": log}


def _story(
    at: datetime, service: Ref, who: Ref, title: str, entries: int
) -> Iterator[tuple[str, datetime, dict[str, Any]]]:
    by_service = {"agent": service, "channel": {"type": "auto"}}
    yield "trigger", at, {"agent": service, "channel": {"type": "api", "summary": title, "client": "Datadog"}}
    yield "assign", at, {**by_service, "assignees": [who]}
    notification = {"type": "push_notification", "address": "device", "status": "success"}
    ring = {"agent": service, "channel": {"type": "auto", "notification": notification}, "user": who}
    for number in range(entries - FEWEST_ENTRIES):
        yield "notify", at + timedelta(seconds=min(number, _ACKNOWLEDGED_S - 1)), ring
    by_person = {"agent": who, "channel": {"type": "website"}}
    yield "acknowledge", at + timedelta(seconds=_ACKNOWLEDGED_S), by_person
    yield "resolve", at + timedelta(seconds=_RESOLVED_S), by_person


def _incident(
    me: Ref, number: int, title: str, at: datetime, service: dict[str, Any], log: list[dict[str, Any]]
) -> dict[str, Any]:
    last = log[-1]["created_at"]
    return {
        "id": me["id"],
        "type": "incident",
        "summary": me["summary"],
        "incident_number": number,
        "title": title,
        "created_at": wire(at),
        "updated_at": last,
        "last_status_change_at": last,
        "last_status_change_by": log[-1]["agent"],
        "resolved_at": last,
        "status": "resolved",
        "urgency": "high",
        "incident_key": me["id"].lower(),
        "service": reference_to(service),
        "teams": service["teams"],
        "escalation_policy": service["escalation_policy"],
        "priority": None,
        "assignments": [],
        "acknowledgements": [],
        "pending_actions": [],
        "resolve_reason": None,
        "alert_counts": {"all": 1, "triggered": 0, "resolved": 1},
    }
