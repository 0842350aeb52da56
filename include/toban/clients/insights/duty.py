"""Who is on call, out of the shifts that the sync stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import sql_text
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span


@dataclass(frozen=True)
class Policy:
    """An escalation policy with its levels, 1 first."""

    id: str
    name: str
    team_ids: Sequence[str]
    levels: Sequence[int]


@dataclass(frozen=True)
class Override:
    """Somebody takes a schedule's shift out of turn; the shifts have it worked in already."""

    policy_id: str
    level: int
    schedule: str
    person: str
    span: Span


@dataclass(frozen=True)
class Duty:
    """``read_until`` is how far ahead the shifts were read; None before the first time."""

    policies: Sequence[Policy]
    shifts: Sequence[Shift]
    overrides: Sequence[Override]
    read_until: datetime | None


def read_duty(snapshot: Snapshot, window: Span) -> Duty:
    """Every policy, and all shifts that touch the window."""
    levels = snapshot.rows(sql_text("queries/insights_levels.sql"))
    policies = _policies(levels)
    names = {policy.id: policy.name for policy in policies}
    values = {"since": window.start, "until": window.end}
    rows = snapshot.rows(sql_text("queries/insights_shifts.sql"), values)
    overrides = snapshot.rows(sql_text("queries/insights_overrides.sql"), values)
    return Duty(
        policies,
        [_shift(row, names) for row in rows],
        [_override(row) for row in overrides],
        _read_until(snapshot),
    )


def _policies(levels: Sequence[Mapping[str, Any]]) -> list[Policy]:
    found: dict[str, Policy] = {}
    for row in levels:
        known = found.get(row["id"])
        reached = [*(known.levels if known else ()), row["level"]]
        found[row["id"]] = Policy(row["id"], row["name"], row["team_ids"] or (), reached)
    return list(found.values())


def _shift(row: Mapping[str, Any], names: Mapping[str, str]) -> Shift:
    return Shift(
        person=Person(row["user_id"], row["person"], time_zone=row["time_zone"]),
        policy_id=row["escalation_policy_id"],
        policy_name=names.get(row["escalation_policy_id"], row["escalation_policy_id"]),
        level=row["level"],
        schedule_id=row["schedule_id"],
        schedule_name=row["schedule"],
        start=row["start_at"],
        end=row["end_at"],
    )


def _override(row: Mapping[str, Any]) -> Override:
    span = Span(row["start_at"], row["end_at"])
    return Override(row["escalation_policy_id"], row["level"], row["schedule"], row["person"], span)


def _read_until(snapshot: Snapshot) -> datetime | None:
    row = snapshot.rows("select max(value) as value from sync_state where name = 'shifts'")[0]
    stretches = json.loads(row["value"] or "[]")
    return datetime.fromisoformat(stretches[0][1]) if stretches else None
