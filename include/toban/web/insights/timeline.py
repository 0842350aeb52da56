"""An incident's log in words: what happened, who did it, and how long after the beginning."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from toban.domain.language import Language

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """``kind`` chooses the sign beside it; ``after`` is since the incident began."""

    kind: str
    clock: str
    after: str
    text: str
    note: str = ""


def timeline(rows: Iterable[Row], began: datetime, zone: ZoneInfo, say: Language) -> list[Entry]:
    """Every entry, in order; kinds without words of our own in PagerDuty's."""
    return [_entry(row, began, zone, say) for row in rows]


def _entry(row: Row, began: datetime, zone: ZoneInfo, say: Language) -> Entry:
    words = _WORDS.get(row["type"])
    text = (words(row, say) if words else None) or row["summary"] or row["type"]
    after = (row["created_at"] - began).total_seconds()
    moment = row["created_at"].astimezone(zone)
    clock = moment if moment.date() != began.astimezone(zone).date() else None
    return Entry(
        kind=row["type"],
        clock=say.moment(clock) if clock else f"{moment:%H:%M:%S}",
        after=f"+{say.duration(after)}" if after > 0 else "",
        text=text,
        note=row["note"] or "",
    )


def way(name: str | None, say: Language) -> str:
    """How a person was told."""
    known = {
        "push": say.text("push"),
        "phone": say.text("phone"),
        "sms": say.text("SMS"),
        "email": say.text("e-mail"),
    }
    return known.get(name or "", name or say.text("a way not known"))


def _who(row: Row, say: Language) -> str:
    if row["agent_type"] == "user":
        return row["agent"] or say.text("someone")
    return row["channel_client"] or row["agent"] or "PagerDuty"


def _to(row: Row, say: Language) -> str:
    return say.text(", ").join(row["assignees"] or ()) or say.text("nobody")


def _triggered(row: Row, say: Language) -> str:
    return say.text("Triggered by {who}", who=_who(row, say))


def _assigned(row: Row, say: Language) -> str:
    return say.text("Assigned to {people}", people=_to(row, say))


def _escalated(row: Row, say: Language) -> str:
    if row["agent_type"] == "user":
        return say.text("{who} escalated it to {people}", who=_who(row, say), people=_to(row, say))
    return say.text("Escalated to {people}: nobody had acknowledged", people=_to(row, say))


def _delegated(row: Row, say: Language) -> str:
    return say.text("{who} gave it to {people}", who=_who(row, say), people=_to(row, say))


def _notified(row: Row, say: Language) -> str:
    if row["notified"]:
        return say.text("{person} was told by {way}", person=row["notified"], way=way(row["way"], say))
    return say.text("Somebody was told by {way}", way=way(row["way"], say))


def _acknowledged(row: Row, say: Language) -> str:
    return say.text("Acknowledged by {who}", who=_who(row, say))


def _unacknowledged(row: Row, say: Language) -> str:
    if row["agent_type"] == "user":
        return say.text("{who} took the acknowledgement back", who=_who(row, say))
    return say.text("The acknowledgement ran out")


def _resolved(row: Row, say: Language) -> str:
    return say.text("Resolved by {who}", who=_who(row, say))


def _noted(row: Row, say: Language) -> str:
    return say.text("Note by {who}", who=_who(row, say))


def _snoozed(row: Row, say: Language) -> str:
    return say.text("{who} snoozed it for {time}", who=_who(row, say), time=say.duration(row["snooze_s"]))


def _exhausted(_row: Row, say: Language) -> str:
    return say.text("Every level was called, and nobody acknowledged")


def _repeated(_row: Row, say: Language) -> str:
    return say.text("The levels are called again")


_WORDS: Mapping[str, Callable[[Row, Language], str]] = {
    "trigger": _triggered,
    "assign": _assigned,
    "escalate": _escalated,
    "delegate": _delegated,
    "notify": _notified,
    "acknowledge": _acknowledged,
    "unacknowledge": _unacknowledged,
    "resolve": _resolved,
    "annotate": _noted,
    "snooze": _snoozed,
    "exhaust_escalation_path": _exhausted,
    "repeat_escalation_path": _repeated,
}
