"""What on-call health rests on, out of a restricted snapshot. No counting here."""

from collections.abc import Collection, Iterable
from datetime import UTC
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from toban.clients.claim_values import claim_values
from toban.clients.labour_data import read_known, read_shifts
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.domain.health.facts import Facts
from toban.domain.health.hours import Clocks, HourKind
from toban.domain.health.nouns import Interruption
from toban.domain.health.reachability import SetUp
from toban.domain.spans import Span
from toban.errors import WarehouseError

Row = dict[str, Any]
_zones = cache(available_timezones)  # it reads a folder of hundreds of files each time


def read_facts(
    snapshot: Snapshot, window: Span, claims: Claims, schedules: Collection[str], default: ZoneInfo
) -> Facts:
    """The team's interruptions, shifts and people in the window; ``default`` is the zone of who has none.

    An interruption is the team's if the incident that rang first is. Raises WarehouseError, also for the
    general snapshot.
    """
    if not snapshot.restricted:
        raise WarehouseError(
            f"On-call health concerns persons and {snapshot.path} is the snapshot for everybody; open the "
            "restricted one."
        )
    interruptions = _interruptions(snapshot, window, claims)
    shifts = read_shifts(snapshot, window, claims.policies, schedules)
    concerned = {shift.person.id for shift in shifts} | {one.person_id for one in interruptions}
    people = _rows(snapshot, "health_people", {"person_ids": sorted(concerned)})
    known, planned_until = read_known(snapshot)
    return Facts(
        interruptions=interruptions,
        shifts=tuple(shifts),
        people=tuple(SetUp(row["person_id"], row["notification_rules"], row["time_zone"]) for row in people),
        names={row["person_id"]: row["name"] for row in people},
        clocks=_clocks(people, default),
        known=known,
        planned_until=planned_until,
    )


def _interruptions(snapshot: Snapshot, window: Span, claims: Claims) -> tuple[Interruption, ...]:
    values = claim_values(claims) | {"since": window.start, "until": window.end}
    return tuple(
        Interruption(
            row["person_id"],
            row["started_at"].astimezone(UTC),  # pytz's own UTC is ten times as slow to compare
            HourKind(row["hour_kind"]),
            row["incident_id"],
        )
        for row in _rows(snapshot, "health_interruptions", values)
    )


def _clocks(people: Iterable[Row], default: ZoneInfo) -> Clocks:
    """By the zones that the warehouse tells hours with, and that Python knows too."""
    return Clocks(
        default, {row["person_id"]: ZoneInfo(row["clock"]) for row in people if row["clock"] in _zones()}
    )


def _rows(snapshot: Snapshot, query: str, values: Row) -> list[Row]:
    return snapshot.rows(filled(sql_text(f"queries/{query}.sql")), values)
