"""How an incident is resolved: by its integration, by time-out, by a merge, or by a person."""

from datetime import datetime
from typing import Any

from toban.sandbox.history.case import Case
from toban.sandbox.history.company import Person
from toban.sandbox.history.habits import Habits


def close(case: Case) -> None:
    """Resolve the case in the way its `ending` foresees."""
    if case.ending is None:
        raise ValueError("A case without an ending is resolved by a person: call resolve_by.")
    at, how = case.ending
    if how == "merge":
        _close_by_merge(case, at)
    elif how == "timeout":
        case.log(at, "resolve", case.service_ref, "timeout")
    else:
        _close_by_integration(case, at)
    case.resolved_at = at


def resolve_by(case: Case, at: datetime, person: Person, habits: Habits) -> None:
    case.log(at, "resolve", person.ref, habits.channel(at))
    case.resolved_at = at


def _close_by_integration(case: Case, at: datetime) -> None:
    trigger = case.events[0]
    channel: dict[str, Any] = {
        key: trigger.channel[key] for key in ("type", "client") if key in trigger.channel
    }
    case.log(at, "resolve", trigger.agent, channel)


def _close_by_merge(case: Case, at: datetime) -> None:
    head = case.merged_into
    if head is None or head.first_acknowledged is None:
        raise ValueError("A merge needs an incident that somebody has acknowledged: set merged_into.")
    case.log(at, "resolve", head.first_acknowledged[1].ref, "website", {"merged": True})
