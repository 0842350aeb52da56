"""PagerDuty's log entries as the alert path's events: what happened, who did it, to whom it went."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toban.clients.pagerduty.people import people, person_or_none
from toban.clients.pagerduty.records.log_entries import note_text
from toban.clients.pagerduty.records.references import Row
from toban.clients.pagerduty.records.scrub import masked
from toban.domain.alerts.nouns import Event, Kind
from toban.domain.people import Person

LEFT_OUT = "notify"  # how people were rung, which is PagerDuty's own business
# Names that were seen beside those PagerDuty documents. Whoever ends a snooze lets it ask again.
OTHER_NAMES = {"acknowledgement": Kind.ACKNOWLEDGE, "unsnooze": Kind.UNACKNOWLEDGE, "reopened": Kind.REOPEN}
TO_PEOPLE = frozenset({Kind.ASSIGN, Kind.ESCALATE, Kind.DELEGATE})
IN_PAGERDUTYS_WORDS = frozenset({Kind.URGENCY, Kind.PRIORITY, Kind.RESPONDERS, Kind.OTHER})


def read_events(entries: Iterable[Row]) -> tuple[Event, ...]:
    """Entries, oldest first, as events; those that hand one incident to several people at once are one.

    PagerDuty writes an entry a person. The event has the smallest of their ids: always the same one.
    """
    events: dict[object, Event] = {}
    for entry in entries:
        if entry["type"].removesuffix("_log_entry") == LEFT_OUT:
            continue
        event = _event(entry)
        one = (event.incident_id, event.kind, event.at) if event.kind in TO_PEOPLE else event.id
        events[one] = _joined(events[one], event) if one in events else event
    return tuple(events.values())


def _event(entry: Row) -> Event:
    kind, channel = _kind(entry["type"]), entry.get("channel") or {}
    return Event(
        id=entry["id"],
        incident_id=entry["incident"]["id"],
        kind=kind,
        at=datetime.fromisoformat(entry["created_at"]).astimezone(UTC),
        by=person_or_none(entry.get("agent")),
        channel=channel.get("type") or "",
        to=_to(kind, entry),
        text=_text(kind, entry),
        until=_until(entry, channel) if kind is Kind.SNOOZE else None,
    )


def _kind(wire_type: str) -> Kind:
    name = wire_type.removesuffix("_log_entry")
    return OTHER_NAMES.get(name) or (Kind(name) if name in set(Kind) else Kind.OTHER)


def _to(kind: Kind, entry: Row) -> tuple[Person, ...]:
    if kind in TO_PEOPLE:
        return people(entry.get("assignees"))
    return people([entry.get("user")]) if kind is Kind.RESPONDERS else ()


def _text(kind: Kind, entry: Row) -> str:
    if kind is Kind.ANNOTATE:
        return note_text(entry) or ""
    return (masked(entry.get("summary")) or "") if kind in IN_PAGERDUTYS_WORDS else ""


def _until(entry: Row, channel: Row) -> datetime | None:
    """Told by when the acknowledgement will lapse, else by the length on the channel."""
    due = [action["at"] for action in entry.get("changed_actions") or () if action.get("at")]
    if due:
        return datetime.fromisoformat(due[0]).astimezone(UTC)
    duration = str(channel.get("duration"))
    begun = datetime.fromisoformat(entry["created_at"]).astimezone(UTC)
    return begun + timedelta(seconds=int(duration)) if duration.isdecimal() else None


def _joined(first: Event, other: Event) -> Event:
    everyone = {person.id: person for person in (*first.to, *other.to)}
    return replace(first, id=min(first.id, other.id), to=tuple(everyone.values()))
