"""Moments and references as PagerDuty writes them on the wire."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

API = "https://api.pagerduty.com"  # what `self` links say, whatever port the sandbox listens on
# The plural of a kind is its collection in the API; other kinds have no address of their own.
COLLECTIONS = {
    "user": "users",
    "team": "teams",
    "service": "services",
    "escalation_policy": "escalation_policies",
    "schedule": "schedules",
    "priority": "priorities",
    "incident": "incidents",
    "log_entry": "log_entries",
}


def utc_now() -> datetime:
    return datetime.now(UTC)


def parse(text: str) -> datetime:
    """An aware moment in UTC; without an offset it is read as UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def wire(moment: datetime) -> str:
    """Whole seconds in UTC, as `2026-11-22T10:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def self_link(kind: str, key: str) -> str | None:
    """The API's address of a thing: `https://api.pagerduty.com/users/U1`."""
    collection = COLLECTIONS.get(kind)
    return f"{API}/{collection}/{key}" if collection else None


def reference(thing: Mapping[str, Any]) -> Json:
    """A full object (or a reference) as a reference: id, type `…_reference`, summary, self, html_url."""
    kind = str(thing["type"]).removesuffix("_reference")
    base = "log_entry" if kind.endswith("_log_entry") else kind
    return {
        "id": thing["id"],
        "type": f"{kind}_reference",
        "summary": thing.get("summary") or thing.get("name") or thing["id"],
        "self": self_link(base, thing["id"]),
        "html_url": thing.get("html_url"),
    }
