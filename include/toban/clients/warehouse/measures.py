"""MTTA, MTTR and their company, by time and by group: one SQL text for report, page, command and console.

MTTA is the time from creation to the first explicit acknowledgement, over acknowledged incidents; MTTR the
time from creation to the last resolution, over resolved ones. An incident belongs to the local day it began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from toban.clients.claim_values import claim_values
from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.errors import UsageError

UNITS: Mapping[str, str] = {
    "day": "cast(local_created_at as date)",
    "week": "cast(date_trunc('week', local_created_at + interval ({shift}) day) as date) - {shift}",
    "month": "cast(date_trunc('month', local_created_at) as date)",
}
GROUPS: Mapping[str, str] = {
    "service": "service",
    "team": "team",
    "policy": "escalation_policy",
    "urgency": "urgency",
    "priority": "priority_name",
    "status": "status",
    "monitoring_tool": "monitoring_tool",
}
# Ids tell apart what has the same name: to choose by, not to show.
CHOICES: Mapping[str, str] = {
    **GROUPS,
    "service_id": "service_id",
    "team_id": "team_id",
    "policy_id": "escalation_policy_id",
}
# Python calls it a time zone where the machine has that file; DuckDB does not know it.
NO_ZONES = {"localtime"}
# How many days a Sunday lies before the Monday that date_trunc('week') finds.
WEEK_SHIFTS = {"monday": 0, "sunday": 1}


@dataclass(frozen=True)
class Choice:
    """Which incidents count: those that began on the local days ``since`` to ``until``, both included.

    ``only`` maps names of `CHOICES` to the values wanted; an incident must match each name given, and be
    among a team's ``claims`` where they are given.
    """

    since: date | None = None
    until: date | None = None
    time_zone: str = "UTC"
    include_merged: bool = True
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    claims: Claims | None = None

    def __post_init__(self) -> None:
        """Raises UsageError for days in the wrong order, and for a zone or a name that is unknown."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since ({self.since}) lies after until ({self.until}); exchange them.")
        if self.time_zone not in _zones():
            raise UsageError(f"{self.time_zone!r} is not a time zone; use an IANA name such as Asia/Tokyo.")
        _refuse_unknown(self.only, CHOICES)

    def condition(self) -> str:
        """The SQL condition of ``only`` and ``claims``."""
        wanted = [f"list_contains(${name}, {CHOICES[name]})" for name in self.only]
        claimed = [sql_text("fragments/claimed.sql")] if self.claims else []
        return " and ".join(["true", *wanted, *claimed])

    def values(self) -> dict[str, Any]:
        """What the SQL's names are bound to."""
        wanted: dict[str, Any] = {name: list(values) for name, values in self.only.items()}
        claimed = claim_values(self.claims) if self.claims else {}
        return (
            wanted
            | claimed
            | {
                "since": self.since,
                "until": self.until,
                "time_zone": self.time_zone,
                "include_merged": self.include_merged,
            }
        )


def metrics(
    snapshot: Snapshot, by: Sequence[str] = ("week",), week_start: str = "monday", **choice: Any
) -> list[dict[str, Any]]:
    """Counts, MTTA and MTTR in seconds, one dict per bucket and group, in their order, null groups last.

    ``by`` holds at most one of day, week, month, and names of `GROUPS`; the other arguments are those of
    `Choice`. ``bucket`` is the first local day of the unit. A measure nothing qualifies for is None; empty
    buckets are absent; without a unit and a group there is one row. Raises UsageError, also as `Choice` does.
    """
    _refuse_unknown(by, {**UNITS, **GROUPS})
    return measured(snapshot, Choice(**choice), by, week_start)


def measured(
    snapshot: Snapshot,
    choice: Choice,
    by: Sequence[str] = (),
    week_start: str = "monday",
    measures: Sequence[str] = ("incident_measures",),
) -> list[dict[str, Any]]:
    """As `metrics`; ``by`` may hold any name of `CHOICES`, ``measures`` names fragments of measures."""
    unit = _unit(by)
    groups = [name for name in by if name not in UNITS]
    bucket = [f"{UNITS[unit].format(shift=WEEK_SHIFTS[week_start])} as bucket,"] if unit else []
    text = filled(
        sql_text("queries/metrics.sql"),
        keys="\n    ".join([*bucket, *(f"{CHOICES[name]} as {name}," for name in groups)]),
        measures=",\n    ".join(sql_text(f"fragments/{name}.sql") for name in measures),
        grouping=", ".join(str(n + 1) for n in range(len(groups) + len(bucket))) or "()",
        only=choice.condition(),
    )
    return snapshot.rows(text, choice.values())


def left_out(snapshot: Snapshot, **choice: Any) -> dict[str, int]:
    """How many incidents of a `Choice` (its arguments) the metrics do not rest on.

    ``unacknowledged`` ones are counted but not in MTTA, ``unresolved`` ones not in MTTR;
    ``incomplete_history`` (begun before the warehouse's coverage) and ``merged`` ones are not counted at all.
    """
    return not_measured(snapshot, Choice(**choice))


def not_measured(snapshot: Snapshot, choice: Choice) -> dict[str, int]:
    """The same of a `Choice` already made."""
    text = filled(sql_text("queries/left_out.sql"), only=choice.condition())
    return snapshot.rows(text, choice.values())[0]


@cache
def _zones() -> set[str]:
    """Looked for once: it reads a few hundred files."""
    return available_timezones() - NO_ZONES


def _unit(by: Sequence[str]) -> str | None:
    _refuse_unknown(by, {**UNITS, **CHOICES})
    units = [name for name in by if name in UNITS]
    if len(units) > 1 or len(set(by)) < len(by):
        raise UsageError(f"{','.join(by)}: at most one of {', '.join(UNITS)}, and each group once.")
    return units[0] if units else None


def _refuse_unknown(names: Sequence[str] | Mapping[str, Any], known: Mapping[str, str]) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"{name!r} is not something incidents are grouped by; use {', '.join(known)}.")
