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
from toban.clients.warehouse.clock import local_clock
from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.errors import UsageError

UNITS: Mapping[str, str] = {
    "day": "cast(local_created_at as date)",
    "week": "cast(date_trunc('week', cast(local_created_at as date) + {shift}) as date) - {shift}",
    "month": "cast(date_trunc('month', cast(local_created_at as date)) as date)",
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
OF_RESPONDERS = (
    "incident_id in (select incident_id from incident_responders where list_contains($responders, user_id))"
)
NOTHING_MORE: Mapping[str, Any] = {}
# Python calls it a time zone where the machine has that file; DuckDB does not know it.
NO_ZONES = {"localtime"}
# How many days a Sunday lies before the Monday that date_trunc('week') finds.
WEEK_SHIFTS = {"monday": 0, "sunday": 1}


@dataclass(frozen=True)
class Choice:
    """Which incidents count: those that began on the local days ``since`` to ``until``, both included.

    ``only`` maps names of `CHOICES` to the values wanted; an incident must match each name given, and be
    among a team's ``claims`` where they are given. ``responders`` are ids of persons: then incidents count
    that one of them was assigned to, told of or acknowledged, which the restricted snapshot alone knows.
    """

    since: date | None = None
    until: date | None = None
    time_zone: str = "UTC"
    include_merged: bool = True
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    claims: Claims | None = None
    responders: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Raises UsageError for days in the wrong order, and for a zone or a name that is unknown."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since ({self.since}) lies after until ({self.until}); exchange them.")
        if self.time_zone not in _zones():
            raise UsageError(f"{self.time_zone!r} is not a time zone; use an IANA name such as Asia/Tokyo.")
        _refuse_unknown(self.only, CHOICES)

    def condition(self) -> str:
        """The SQL condition of ``only``, ``claims`` and ``responders``."""
        conditions = ["true", *(f"list_contains(${name}, {CHOICES[name]})" for name in self.only)]
        if self.claims:
            conditions.append(sql_text("fragments/claimed.sql"))
        if self.responders:
            conditions.append(OF_RESPONDERS)
        return " and ".join(conditions)

    def values(self) -> dict[str, Any]:
        """What the SQL's names are bound to."""
        return {
            **{name: list(values) for name, values in self.only.items()},
            **(claim_values(self.claims) if self.claims else {}),
            **({"responders": list(self.responders)} if self.responders else {}),
            "since": self.since,
            "until": self.until,
            "include_merged": self.include_merged,
        }


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
    return rows_of_chosen(
        snapshot,
        choice,
        "metrics",
        keys="\n    ".join([*bucket, *(f"{CHOICES[name]} as {name}," for name in groups)]),
        measures=",\n    ".join(sql_text(f"fragments/{name}.sql") for name in measures),
        grouping=", ".join(str(n + 1) for n in range(len(groups) + len(bucket))) or "()",
    )


def left_out(snapshot: Snapshot, **choice: Any) -> dict[str, int]:
    """How many incidents of a `Choice` (its arguments) the metrics do not rest on.

    ``unacknowledged`` ones are counted but not in MTTA, ``unresolved`` ones not in MTTR;
    ``incomplete_history`` (begun before the warehouse's coverage) and ``merged`` ones are not counted at all.
    """
    return not_measured(snapshot, Choice(**choice))


def not_measured(snapshot: Snapshot, choice: Choice) -> dict[str, int]:
    """The same of a `Choice` already made."""
    return rows_of_chosen(snapshot, choice, "left_out")[0]


def rows_of_chosen(
    snapshot: Snapshot,
    choice: Choice,
    query: str,
    values: Mapping[str, Any] = NOTHING_MORE,
    **literals: str,
) -> list[dict[str, Any]]:
    """The rows of a query over the chosen incidents; more ``literals`` and ``values`` for its names."""
    on_the_clock = local_clock(snapshot, choice.time_zone, choice.since, choice.until)
    text = filled(
        sql_text(f"queries/{query}.sql"),
        **literals,
        only=choice.condition(),
        local_created_at=on_the_clock("created_at"),
        local_started_at=on_the_clock("i.started_at"),
    )
    given = {**choice.values(), **values}
    return snapshot.rows(text, {name: value for name, value in given.items() if f"${name}" in text})


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
