"""The figures of a period and of the one before it, over time, and by weekday and hour."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from toban.clients.warehouse import Choice, Snapshot, measured, not_measured, rows_of_chosen
from toban.clients.warehouse.texts import sql_text
from toban.domain.local_time import midnight

Row = dict[str, Any]
LOAD = ("incident_measures", "incident_load")


@dataclass(frozen=True)
class Overview:
    """``before`` is None where nothing is compared, also as the warehouse does not hold all of that period.

    ``hours`` maps (weekday from 1, hour) to incidents.
    """

    now: Row
    before: Row | None
    buckets: Sequence[Row]
    hours: Mapping[tuple[int, int], int]
    left_out: Mapping[str, int]


def read_overview(
    snapshot: Snapshot, choice: Choice, before: Choice | None, unit: str, week_start: str
) -> Overview:
    """Everything the overview shows of these incidents."""
    return Overview(
        now=totals(snapshot, choice),
        before=totals(snapshot, before) if before and _is_covered(snapshot, before) else None,
        buckets=measured(snapshot, choice, (unit,), week_start, LOAD),
        hours=read_hours(snapshot, choice),
        left_out=not_measured(snapshot, choice),
    )


def totals(snapshot: Snapshot, choice: Choice) -> Row:
    """The measures over all of these incidents."""
    return measured(snapshot, choice, measures=LOAD)[0]


def _is_covered(snapshot: Snapshot, choice: Choice) -> bool:
    """Whether the warehouse reaches back to the first moment of these days."""
    if choice.since is None:
        return False
    row = snapshot.rows("select max(value) as since from sync_state where name = 'covered_since'")[0]
    first = midnight(choice.since, ZoneInfo(choice.time_zone))
    return row["since"] is None or datetime.fromisoformat(row["since"]).astimezone(UTC) <= first


def read_hours(snapshot: Snapshot, choice: Choice) -> dict[tuple[int, int], int]:
    """How many incidents began in each hour of the week; hours without one are absent."""
    rows = rows_of_chosen(snapshot, choice, "insights_hours")
    return {(row["weekday"], row["hour_of_day"]): row["incidents"] for row in rows}


def read_choices(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Kind (service, team, ...) -> ids and names that incidents can be filtered by."""
    found = defaultdict(list)
    for row in snapshot.rows(sql_text("queries/insights_choices.sql")):
        found[row["kind"]].append((row["id"], row["name"]))
    return dict(found)


def read_responders(restricted: Snapshot) -> list[tuple[str, str]]:
    """Ids and names of persons who ever had to do with an incident, by name; restricted only."""
    rows = restricted.rows(sql_text("queries/insights_responder_choices.sql"))
    return [(row["id"], row["name"]) for row in rows]
