"""What the labour report rests on, out of a restricted snapshot. No counting here."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from toban.clients.claim_values import claim_values
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.domain.labour.nouns import Deed
from toban.domain.labour.sheets.evidence import IncidentTitle
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span


def read_deeds(snapshot: Snapshot, window: Span, claims: Claims) -> tuple[list[Deed], list[Person]]:
    """What people did, and how they were called, in the team's incidents; and these people, each once.

    Raises WarehouseError, also for the general snapshot, which does not hold who was called.
    """
    rows = _rows(snapshot, "labour_deeds", claim_values(claims) | _within(window))
    people = {row["person_id"]: Person(row["person_id"], row["person"]) for row in rows}
    deeds = [Deed(row["person_id"], row["incident_id"], row["moment"], row["acted"]) for row in rows]
    return deeds, list(people.values())


def read_shifts(
    snapshot: Snapshot, window: Span, policies: Collection[str], schedules: Collection[str]
) -> list[Shift]:
    """The shifts of these policies and schedules (ids) that touch the window; raises WarehouseError."""
    values = _within(window) | {"policies": list(policies), "schedules": list(schedules)}
    return [_shift(row) for row in _rows(snapshot, "labour_shifts", values)]


def read_titles(snapshot: Snapshot, incident_ids: Collection[str]) -> Mapping[str, IncidentTitle]:
    """The incidents as the evidence shows them, by id; raises WarehouseError."""
    rows = _rows(snapshot, "labour_incidents", {"incident_ids": sorted(incident_ids)})
    return {
        row["incident_id"]: IncidentTitle(row["incident_number"] or 0, row["title"] or "", row["html_url"])
        for row in rows
    }


def read_known(snapshot: Snapshot) -> tuple[Span | None, datetime | None]:
    """Where neither incidents nor shifts are missing, and until when shifts are planned."""
    (row,) = _rows(snapshot, "labour_known", {})
    read = json.loads(row["shifts"] or "[]")
    if not read or row["covered_since"] is None or snapshot.synced_until is None:
        return None, None
    begun, planned_until = (datetime.fromisoformat(text) for text in read[0])
    since = max(datetime.fromisoformat(row["covered_since"]), begun)
    return Span(since, snapshot.synced_until), planned_until


def _rows(snapshot: Snapshot, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return snapshot.rows(filled(sql_text(f"queries/{query}.sql")), values)


def _within(window: Span) -> dict[str, Any]:
    return {"since": window.start, "until": window.end}


def _shift(row: dict[str, Any]) -> Shift:
    return Shift(
        Person(row["person_id"], row["person"]),
        row["policy_id"],
        row["policy"],
        row["level"],
        schedule_id=row["schedule_id"],
        start=row["start_at"],
        end=row["end_at"],
    )
