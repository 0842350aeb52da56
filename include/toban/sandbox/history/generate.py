"""A believable year of a company on call, the same for the same seed."""

from datetime import datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from toban.sandbox.history.alerts import finish_alerts, join_alerts, move_alerts
from toban.sandbox.history.arrivals import arrivals
from toban.sandbox.history.calendar import utc
from toban.sandbox.history.case import Arrival, Case
from toban.sandbox.history.company import Company, company_of
from toban.sandbox.history.directory import build_directory
from toban.sandbox.history.entries import log_entries, notes_of
from toban.sandbox.history.files import History
from toban.sandbox.history.habits import Habits
from toban.sandbox.history.life import live
from toban.sandbox.history.references import Ids, ref
from toban.sandbox.history.snapshot import incident_at
from toban.sandbox.history.standing import settle
from toban.sandbox.history.storms import open_at_the_end, storms

ALERTS_PER_DAY = 12.5  # with flapping, storms and grouping this becomes 5,000 to 7,000 incidents a year
IMPROVED_FOR = timedelta(days=122)  # four months of announcements
_FIRST_NUMBER = 4001


def generate_history(
    seed: int,
    until: datetime,
    days: int = 365,
    *,
    announcements_since: datetime | None = None,
    alerts_per_day: float = ALERTS_PER_DAY,
) -> History:
    """The history of `days` days up to `until` (aware), with a few incidents still open at that moment.

    From `announcements_since` on (default: four months before `until`) people know that they are on duty and
    acknowledge within about a minute; before, it took about ten.
    """
    until = utc(until).replace(microsecond=0)
    since = until - timedelta(days=days)
    turn = utc(announcements_since or until - IMPROVED_FOR)
    rng = Random(seed)
    directory = build_directory(rng, Ids("P", 7, seed), since, until)
    company = company_of(directory, since, until)
    alerts = _alerts(company, rng, (since, until, turn), alerts_per_day)
    cases = _live(alerts, company, Habits(rng, turn))
    items = _items(cases, rng, seed, until)
    _show_service_status(directory, items)
    return History(directory, items)


def _alerts(
    company: Company, rng: Random, span: tuple[datetime, datetime, datetime], per_day: float
) -> list[Arrival]:
    since, until, turn = span
    found = chain(
        arrivals(company, rng, since, until, turn, per_day),
        storms(company, rng, since, until),
        open_at_the_end(company, rng, until),
    )
    return sorted(found, key=lambda arrival: arrival.at)


def _live(alerts: list[Arrival], company: Company, habits: Habits) -> list[Case]:
    """In the order of time, so that a storm's head has lived before those that are merged into it."""
    heads: dict[int, Case] = {}
    cases = []
    for arrival in alerts:
        head = heads.get(id(arrival.storm_head)) if arrival.storm_head else None
        case = live(arrival, head, company, habits)
        heads[id(arrival)] = case
        cases.append(case)
    return cases


def _items(cases: list[Case], rng: Random, seed: int, until: datetime) -> list[dict[str, Any]]:
    incident_ids, entry_ids, alert_ids, note_ids = (Ids(prefix, 14, seed) for prefix in "QRAN")
    pointers = {
        id(case): ref("incident", incident_ids.next(), f"[#{number}] {case.arrival.title}")
        for number, case in enumerate(cases, start=_FIRST_NUMBER)
    }
    alerts = {id(case): join_alerts(case, rng, alert_ids, until) for case in cases}
    for case in cases:
        _merge(case, alerts, until)
    items = []
    for number, case in enumerate(cases, start=_FIRST_NUMBER):
        settle(case)
        me = pointers[id(case)]
        events = [event for event in case.events if event.at <= until]
        incident = incident_at(case, events, me, number, until)
        entries = log_entries(case, events, me, entry_ids)
        if incident["status"] == "resolved" and _was_merged(case, until):
            incident["resolve_reason"] = {
                "type": "merge_resolve_reason",
                "incident": pointers[id(case.merged_into)],
            }
        items.append(_item(incident, entries, finish_alerts(alerts[id(case)], incident), note_ids))
    return items


def _merge(case: Case, alerts: dict[int, list[dict[str, Any]]], until: datetime) -> None:
    if case.merged_into and _was_merged(case, until):
        moved, alerts[id(case)] = alerts[id(case)], []
        move_alerts(moved, case, case.merged_into)
        alerts[id(case.merged_into)] += moved


def _was_merged(case: Case, until: datetime) -> bool:
    return any("merged" in event.means and event.at <= until for event in case.events)


def _item(
    incident: dict[str, Any], entries: list[dict[str, Any]], alerts: list[dict[str, Any]], ids: Ids
) -> dict[str, Any]:
    first = entries[0]
    incident["first_trigger_log_entry"] = ref("trigger_log_entry", first["id"], first["summary"])
    counts = {"all": len(alerts), "triggered": 0, "resolved": 0}
    counts["resolved" if incident["status"] == "resolved" else "triggered"] = len(alerts)
    incident["alert_counts"] = counts
    return {"incident": incident, "log_entries": entries, "alerts": alerts, "notes": notes_of(entries, ids)}


def _show_service_status(directory: dict[str, list[dict[str, Any]]], items: list[dict[str, Any]]) -> None:
    """PagerDuty marks a service critical with a triggered incident, warning with an acknowledged one."""
    shown = {"triggered": "critical", "acknowledged": "warning"}
    status = {"active": 0, "warning": 1, "critical": 2}
    services = {row["id"]: row for row in directory["services"]}
    for item in items:
        new = shown.get(item["incident"]["status"])
        service = services[item["incident"]["service"]["id"]]
        if new and status[new] > status[service["status"]]:
            service["status"] = new
