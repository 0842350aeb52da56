"""What the warehouse knows about an alert like this one: a few narrow questions, however long the history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from toban.clients.triage.kept import serving
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.triage.model import Model
from toban.domain.triage.nouns import TRANSIENT, Alike, Asked, Known, Note, Past
from toban.domain.triage.novelty import LOOKED_BACK, Novelty, novelty
from toban.domain.triage.shares import WINDOW, Share, Shares
from toban.domain.triage.similar import ASKED, related
from toban.domain.triage.template import template
from toban.errors import UsageError

Row = dict[str, Any]
NEAR = 200  # templates that are compared letter by letter
RELATED = 3  # other templates whose incidents are looked at, where the own one is rare
MOST = 300  # of the newest incidents of a template


@dataclass(frozen=True)
class Found:
    """``like`` are the incidents behind ``shares.like``, ``candidates`` all that may be similar."""

    novelty: Novelty
    candidates: tuple[Past, ...]
    like: tuple[Past, ...]
    shares: Shares
    model: Model | None


def look_up(snapshot: Snapshot, asked: Asked) -> Found:
    """Everything that began before the alert; raises WarehouseError."""
    name = template(asked.text)
    own = _incidents(snapshot, asked, name, own=True)
    known = _known(snapshot, asked, "triage_templates", name)
    others = _elsewhere(snapshot, asked, name, known) if len(own) < ASKED else []
    if len(own) + len(others) < ASKED:
        known += _known(snapshot, asked, "triage_near_templates", name, most=NEAR)
        others += _related(snapshot, asked, name, known)
    like = tuple(past for past in own if past.created_at <= asked.at - TRANSIENT)[:WINDOW]
    ended = sum(past.transient for past in like)
    return Found(
        novelty=novelty(asked, known, *_recent(snapshot, asked, name)),
        candidates=(*own, *others),
        like=like,
        shares=Shares(Share(ended, len(like)), _of_service(snapshot, asked)),
        model=serving(snapshot),
    )


def with_notes(snapshot: Snapshot, nearest: Iterable[Alike]) -> list[Alike]:
    """The same with what people wrote on them; raises WarehouseError."""
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
        {"named": named},
    )
    if not rows:
        raise UsageError(f'No service has the id or name {named!r}; toban sql "from services" lists them.')
    return str(rows[0]["id"])


def _known(snapshot: Snapshot, asked: Asked, query: str, name: str, **values: int) -> list[Known]:
    rows = _rows(snapshot, query, {"template": name, "at": asked.at, **values})
    return [Known(**row) for row in rows]


def _elsewhere(snapshot: Snapshot, asked: Asked, name: str, known: Iterable[Known]) -> list[Past]:
    """Of the template in other services, where any had it."""
    seen = any(one.service_id != asked.service_id for one in known)
    return _incidents(snapshot, asked, name, own=False) if seen else []


def _related(snapshot: Snapshot, asked: Asked, name: str, known: Iterable[Known]) -> list[Past]:
    """Of the nearest other templates."""
    nearest = related(asked.text, {one.template for one in known} - {name})[:RELATED]
    found: list[Past] = []
    for _, other in nearest:
        own = _incidents(snapshot, asked, other, own=True)
        found += own or _incidents(snapshot, asked, other, own=False)
    return found


def _incidents(snapshot: Snapshot, asked: Asked, name: str, *, own: bool) -> list[Past]:
    values = {"template": name, "at": asked.at, "service_id": asked.service_id, "own": own, "most": MOST}
    return [_past(row) for row in _rows(snapshot, "triage_incidents", values)]


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
        url=row["html_url"],
    )


def _of_service(snapshot: Snapshot, asked: Asked) -> Share:
    values = {
        "service_id": asked.service_id,
        "known_until": asked.at - TRANSIENT,
        "soon_s": int(TRANSIENT.total_seconds()),
        "most": WINDOW,
    }
    (row,) = _rows(snapshot, "triage_outcomes", values)
    return Share(row["ended"], row["of"])


def _recent(snapshot: Snapshot, asked: Asked, name: str) -> tuple[int, int]:
    since = asked.at - LOOKED_BACK
    values = {"template": name, "service_id": asked.service_id, "since": since, "at": asked.at}
    (row,) = _rows(snapshot, "triage_recent", values)
    return row["recent"], row["of"]


def _rows(snapshot: Snapshot, query: str, values: Row) -> list[Row]:
    return snapshot.rows(_text(query), values)


@cache
def _text(query: str) -> str:
    return filled(sql_text(f"queries/{query}.sql"))
