"""A warehouse with shifts, and incidents with what people did in them, on Tokyo's clock."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


def shift(user: str, start: str, end: str, level: int = 1, policy: str = "E1") -> dict[str, Any]:
    return {
        "escalation_policy_id": policy,
        "level": level,
        "schedule_id": f"C{level}",
        "user_id": user,
        "start_at": tokyo(start),
        "end_at": tokyo(end),
    }


def add(
    writer: Any, name: str, service: str, title: str, told: list[tuple[str, str, dict[str, str]]]
) -> None:
    begun = tokyo(told[0][1])
    incident = {
        "id": name, "incident_number": int(name[1:]), "title": title, "status": "resolved", "urgency": "high",
        "created_at": begun, "updated_at": begun, "service_id": service, "html_url": f"https://pd.example/{name}",
    }  # fmt: skip
    entries = [
        {"id": f"{name}_{n}", "incident_id": name, "type": kind, "created_at": tokyo(at)} | more
        for n, (kind, at, more) in enumerate([("trigger", told[0][1], {}), *told])
    ]
    with writer.transaction():
        writer.merge("incidents", [incident])
        writer.merge("log_entries", entries)
