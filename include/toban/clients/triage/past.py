"""What the warehouse knows of incidents like an alert: narrow questions, however long the history.

All concern what began before the alert; all raise WarehouseError.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.triage.nouns import TRANSIENT, Alike, Asked, Known, Note, Past
from toban.domain.triage.shares import NONE, WINDOW, Share
from toban.errors import UsageError

Row = dict[str, Any]
NEAR = 200  # templates that are worth comparing letter by letter
MOST = 300  # of the newest incidents of a template
# Where a year holds enough of them, older ones are not read: rows lie in order of time, and most are skipped.
REACHES = (timedelta(days=365), timedelta(days=100 * 365))
ENOUGH = WINDOW + 10


def counts(snapshot: Snapshot, asked: Asked, template: str) -> list[Known]:
    """How often the template came before, service by service."""
    rows = _rows(snapshot, "triage_templates", _of(asked, template))
    if any(row["last_seen"] >= asked.at for row in rows):  # an incident that is looked at later
        rows = _rows(snapshot, "triage_templates_then", _of(asked, template))
    return [Known(**row) for row in rows]


def near_counts(snapshot: Snapshot, asked: Asked, template: str) -> list[Known]:
    """The same of other templates, those that may be nearest."""
    rows = _rows(snapshot, "triage_near_templates", _of(asked, template, most=NEAR))
    return [Known(**row) for row in rows]


def incidents(snapshot: Snapshot, asked: Asked, template: str, *, own: bool) -> list[Past]:
    """The template's incidents in the alert's service, or in the others, the newest first."""
    values = _of(asked, template, service_id=asked.service_id, own=own, most=MOST)
    rows: list[Row] = []
    for reach in REACHES:
        rows = _rows(snapshot, "triage_incidents", {**values, "since": asked.at - reach})
        if len(rows) >= ENOUGH:
            break
    return [_past(row) for row in rows]


def share_of_service(snapshot: Snapshot, asked: Asked) -> Share:
    """How many of the service's newest incidents were transient."""
    values = {
        "service_id": asked.service_id,
        "known_until": asked.at - TRANSIENT,
        "soon_s": int(TRANSIENT.total_seconds()),
        "most": WINDOW,
    }
    share = NONE
    for reach in REACHES:
        (row,) = _rows(snapshot, "triage_outcomes", {**values, "since": asked.at - reach})
        share = Share(row["ended"], row["of"])
        if share.of == WINDOW:
            break
    return share


def recent(snapshot: Snapshot, asked: Asked, template: str, since: datetime) -> tuple[int, int]:
    """How many of the service's incidents had the template since then, and how many there were."""
    values = _of(asked, template, service_id=asked.service_id, since=since)
    (row,) = _rows(snapshot, "triage_recent", values)
    return row["recent"], row["of"]


def with_notes(snapshot: Snapshot, nearest: Iterable[Alike]) -> list[Alike]:
    """The same with what people wrote on them."""
    nearest = list(nearest)
    found: defaultdict[str, list[Note]] = defaultdict(list)
    ids = [each.past.id for each in nearest]
    for row in _rows(snapshot, "triage_notes", {"incidents": ids}):
        found[row["incident_id"]].append(Note(row["user_name"], row["content"] or ""))
    return [replace(each, past=replace(each.past, notes=tuple(found[each.past.id]))) for each in nearest]


def service_named(snapshot: Snapshot, named: str) -> str:
    """The id of the service with that id or name; raises UsageError where there is none."""
    rows = snapshot.rows(
        "select id from services where id = $named or lower(name) = lower($named) order by id <> $named, id",
        {"named": named.encode(errors="replace").decode()},  # a terminal's byte that is no UTF-8
    )
    if not rows:
        raise UsageError(f'No service has the id or name {named!r}; toban sql "from services" lists them.')
    return str(rows[0]["id"])


def _past(row: Row) -> Past:
    began = datetime.fromtimestamp(row["began_s"], UTC)  # ten times as fast as DuckDB's aware moments
    return Past(
        id=row["incident_id"],
        number=row["incident_number"],
        title=row["title"] or "",
        service_id=row["service_id"] or "",
        service=row["service"],
        created_at=began,
        ended_at=None if row["took_s"] is None else began + timedelta(seconds=row["took_s"]),
        by_itself=row["by_itself"],
        handled_by=row["handled_by"],
        needed=row["needed"],
        url=row["html_url"],
    )


def _of(asked: Asked, template: str, **values: Any) -> Row:
    return {"template": template, "at": asked.at, **values}


def _rows(snapshot: Snapshot, query: str, values: Row) -> list[Row]:
    return snapshot.rows(_text(query), values)


@cache
def _text(query: str) -> str:
    return filled(sql_text(f"queries/{query}.sql"))
