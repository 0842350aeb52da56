"""Incidents, threads and policies in the words of tests: what is not given is the usual case."""

from datetime import UTC, datetime, timedelta
from typing import Any

from toban.domain.alerts.nouns import Event, Form, Incident, Kind, Round, Status, Thread
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.said import Said
from toban.domain.people import Person

AIKO = Person("PAIKO", "Aiko Tanaka", "aiko@example.com", "Asia/Tokyo")
BEN = Person("PBEN", "Ben Ito", "ben@example.com", "Asia/Tokyo")
CHIE = Person("PCHIE", "Chie Mori", "chie@example.com", "Asia/Tokyo")
LEVELS = {1: (AIKO,), 2: (BEN,), 3: (CHIE,)}
START = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 03:00 in Tokyo
MINUTE = timedelta(minutes=1)
ACTING = CallPolicy(
    rings=True,
    acts=True,
    remind=(3 * MINUTE, 6 * MINUTE),
    every=30 * MINUTE,
    escalate_after=10 * MINUTE,
    ask_after=timedelta(hours=4),
)


def at(minutes: float) -> datetime:
    """So many minutes after the incident began."""
    return START + timedelta(minutes=minutes)


def incident(**given: Any) -> Incident:
    usual = {
        "id": "Q1",
        "number": 7,
        "title": "disk full on db-1",
        "status": Status.TRIGGERED,
        "urgency": "high",
        "created_at": START,
        "service_id": "PSVC",
        "service_name": "Payments API",
        "policy_id": "PPOL",
        "policy_name": "Payments",
        "assigned": (AIKO,),
    }
    return Incident(**(usual | given))


def thread(**given: Any) -> Thread:
    usual = {
        "incident_id": "Q1",
        "team_id": "payments",
        "channel": "#payments",
        "root": "alert:Q1",
        "form": Form.OWN,
        "part": 0,
        "title": "disk full on db-1",
        "number": 7,
        "status": Status.TRIGGERED,
        "round": Round(0, START, START, ("PAIKO",), 1),
        "seen_at": START,
        "touched_at": START,
    }
    return Thread(**(usual | given))


def said(*keys: str, **given: Any) -> Said:
    return Said(thread(**given), frozenset(keys))


def event(kind: Kind, minutes: float = 1, **given: Any) -> Event:
    usual: dict[str, Any] = {"id": f"R{kind}{minutes}", "incident_id": "Q1", "kind": kind, "at": at(minutes)}
    return Event(**(usual | given))
