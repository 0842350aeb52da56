"""How the tests read a history: by hand from its JSON, without the generator's own code."""

from datetime import datetime
from typing import Any

Item = dict[str, Any]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def of_type(item: Item, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in item["log_entries"] if entry["type"] == f"{kind}_log_entry"]


def by_person(entry: dict[str, Any]) -> bool:
    return bool(entry["agent"]["type"] == "user_reference")


def seconds_to_acknowledge(item: Item) -> float | None:
    found = of_type(item, "acknowledge")
    if not found:
        return None
    return (moment(found[0]["created_at"]) - moment(item["incident"]["created_at"])).total_seconds()
