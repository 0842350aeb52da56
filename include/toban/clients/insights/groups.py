"""The measures by service, team or escalation policy, with what speaks of noise; and by person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from toban.clients.warehouse import Choice, Snapshot, measured, rows_of_chosen

Row = dict[str, Any]
MEASURES = ("incident_measures", "incident_load", "incident_noise")


@dataclass(frozen=True)
class Kind:
    """What `Choice` calls the id and the name of a group, and the column that holds the id."""

    id: str
    name: str
    column: str


KINDS: Mapping[str, Kind] = {
    "service": Kind("service_id", "service", "service_id"),
    "team": Kind("team_id", "team", "team_id"),
    "policy": Kind("policy_id", "policy", "escalation_policy_id"),
}


def read_groups(snapshot: Snapshot, choice: Choice, kind: Kind) -> list[Row]:
    """One dict per group: ``id``, ``name``, the measures, ``came_back`` and ``tools``.

    ``came_back`` counts incidents that began within an hour after one of the same service, whose title
    differs in numbers at most, was resolved.
    """
    noise = {row["id"]: row for row in _noise(snapshot, choice, kind)}
    return [
        {"id": row.pop(kind.id), "name": row.pop(kind.name)} | row | noise[row_id]
        for row in measured(snapshot, choice, (kind.id, kind.name), measures=MEASURES)
        for row_id in [row[kind.id]]
    ]


def _noise(snapshot: Snapshot, choice: Choice, kind: Kind) -> list[Row]:
    return rows_of_chosen(snapshot, choice, "insights_noise", key=kind.column)


def read_people(restricted: Snapshot, choice: Choice) -> list[Row]:
    """One dict per person: ``id``, ``name`` and the measures of `responder_weekly`; restricted only.

    Where persons are chosen these are the rows, and what they did counts, not what others did beside them.
    """
    rows = rows_of_chosen(restricted, replace(choice, responders=()), "insights_people")
    return [row for row in rows if not choice.responders or row["id"] in choice.responders]
