"""A small published warehouse with a history to judge alerts by, and alerts to ask about."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from toban.clients.warehouse import Warehouse
from toban.domain.triage.nouns import Asked, Past

NOW = datetime(2026, 11, 2, 3, 4, tzinfo=UTC)
NOISE, WORK = "Queue of {} is long: {}%", "Disk full on {}: {}%"


def asked(text: str = "Queue of web-99 is long: 7%", service_id: str = "S1", **more: object) -> Asked:
    """An alert of NOW."""
    return Asked(**{"text": text, "service_id": service_id, "at": NOW} | more)


def past(hours_ago: float, title: str, minutes: float | None = 5, **more: object) -> Past:
    """An incident that ended after so many minutes."""
    began = NOW - timedelta(hours=hours_ago)
    values = {
        "id": f"Q{hours_ago}",
        "title": title,
        "service_id": "S1",
        "created_at": began,
        "ended_at": None if minutes is None else began + timedelta(minutes=minutes),
        "by_itself": True,
    }
    return Past(**values | more)


def incident(n: int, title: str, began: datetime, *, minutes: float, by: str | None, service: str) -> tuple:
    """Rows of an incident that a person (or the tool, without one) resolved."""
    ended = began + timedelta(minutes=minutes)
    row = {
        "id": f"Q{n}",
        "incident_number": n,
        "title": title,
        "status": "resolved",
        "urgency": "high",
        "created_at": began,
        "updated_at": ended,
        "resolved_at": ended,
        "service_id": service,
    }
    agent = {"agent_type": "user", "agent_id": by} if by else {"agent_type": "service", "agent_id": service}
    acts = [("acknowledge", began + timedelta(minutes=1))] if by else []
    entries = [
        {"id": f"R{n}{kind}", "incident_id": f"Q{n}", "type": kind, "created_at": at} | agent
        for kind, at in [*acts, ("resolve", ended)]
    ]
    return row, entries


def history_of(directory: Path, incidents: int = 400) -> Warehouse:
    """Noise that mostly ends by itself after 5 minutes, and work that Aiko ends in two hours.

    One incident an hour up to NOW, noise and work in turn, in two services.
    """
    made = []
    for n in range(incidents):
        began = NOW - timedelta(hours=incidents - n)
        service = "S1" if n % 4 < 2 else "S2"
        if n % 2 == 0 and n % 50:
            made.append(incident(n, NOISE.format(f"web-{n}", n), began, minutes=5, by=None, service=service))
        else:
            title = (NOISE if n % 2 == 0 else WORK).format(f"web-{n}", n)
            made.append(incident(n, title, began, minutes=120, by="U1", service=service))
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        writer.merge("users", [{"id": "U1", "name": "Aiko"}])
        writer.merge("services", [{"id": "S1", "name": "shop"}, {"id": "S2", "name": "mail"}])
        writer.merge("incidents", [row for row, _ in made])
        writer.merge("log_entries", [entry for _, entries in made for entry in entries])
        writer.merge(
            "notes",
            [
                {
                    "id": "N1",
                    "incident_id": "Q397",
                    "user_name": "Aiko",
                    "content": "grew <!channel> the disk",
                }
                | {"created_at": NOW}
            ],
        )
        writer.rebuild_models()
        writer.publish()
    return warehouse
