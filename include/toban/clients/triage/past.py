"""What the warehouse knows about an alert like this one: a few narrow questions, however long the history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from toban.clients.triage.kept import serving
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.triage.model import Model
from toban.domain.triage.nouns import TRANSIENT, Alike, Asked, Known, Note, Past
from toban.domain.triage.novelty import LOOKED_BACK, Novelty, novelty
from toban.domain.triage.shares import WIDE_WINDOW, WINDOW, Share, Shares
from toban.domain.triage.similar import related
from toban.domain.triage.template import template
from toban.errors import UsageError

Row = dict[str, Any]
NEAR = 200  # templates that are compared letter by letter
RELATED = 3  # other templates whose incidents are looked at
OWN, OTHERS, OF_RELATED = 300, 200, 50  # the newest incidents of a template, in the service and elsewhere


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
    known = [
        Known(**row) for row in _rows(snapshot, "triage_templates", _asked(asked, template=name, near=NEAR))
    ]
    own = list(_incidents(snapshot, asked, name, own=True, most=OWN))
    others = _incidents(snapshot, asked, name, own=False, most=OTHERS)
    like = tuple(past for past in own if past.created_at <= asked.at - TRANSIENT)[:WINDOW]
    return Found(
        novelty=novelty(asked, known, *_recent(snapshot, asked, name)),
        candidates=(*own, *others, *_related(snapshot, asked, name, known)),
        like=like,
        shares=Shares(
            Share(sum(past.transient for past in like), len(like)),
            _share(snapshot, asked, asked.service_id, WINDOW),
            _share(snapshot, asked, None, WIDE_WINDOW),
        ),
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


def _related(snapshot: Snapshot, asked: Asked, name: str, known: Iterable[Known]) -> Iterator[Past]:
    others = {each.template for each in known} - {name}
    for _, other in related(asked.text, others)[:RELATED]:
        for own in (True, False):
            yield from _incidents(snapshot, asked, other, own=own, most=OF_RELATED)


def _incidents(snapshot: Snapshot, asked: Asked, name: str, *, own: bool, most: int) -> Iterator[Past]:
    values = _asked(asked, template=name, service_id=asked.service_id, own=own, most=most)
    for row in _rows(snapshot, "triage_incidents", values):
        yield Past(
            id=row["incident_id"],
            number=row["incident_number"],
            title=row["title"] or "",
            service_id=row["service_id"] or "",
            service=row["service"],
            created_at=row["created_at"],
            ended_at=row["resolved_at"],
            by_itself=row["by_itself"],
            handled_by=row["handled_by"],
            url=row["html_url"],
        )


def _share(snapshot: Snapshot, asked: Asked, service_id: str | None, most: int) -> Share:
    values = {
        "service_id": service_id,
        "known_until": asked.at - TRANSIENT,
        "soon_s": int(TRANSIENT.total_seconds()),
        "most": most,
    }
    (row,) = _rows(snapshot, "triage_outcomes", values)
    return Share(row["ended"], row["of"])


def _recent(snapshot: Snapshot, asked: Asked, name: str) -> tuple[int, int]:
    values = _asked(asked, template=name, service_id=asked.service_id, since=asked.at - LOOKED_BACK)
    (row,) = _rows(snapshot, "triage_recent", values)
    return row["recent"], row["of"]


def _asked(asked: Asked, **values: Any) -> Row:
    return {"at": asked.at, **values}


def _rows(snapshot: Snapshot, query: str, values: Row) -> list[Row]:
    return snapshot.rows(filled(sql_text(f"queries/{query}.sql")), values)
