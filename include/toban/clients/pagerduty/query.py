"""Python values as PagerDuty's query parameters."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from toban.clients.pagerduty.session import Query


def wire_time(moment: datetime) -> str:
    """An aware moment as `2026-11-22T10:00:00Z`: without an offset PagerDuty reads its account's zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def query(values: dict[str, Any]) -> Query:
    """`{"since": datetime, "include": ["users"], "total": True}` as text; None is left out."""
    return {name: _text(value) for name, value in values.items() if value is not None}


def _text(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return wire_time(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [str(item) for item in value]
    return str(value)
