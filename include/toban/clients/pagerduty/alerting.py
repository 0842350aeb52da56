"""What the alert path asks PagerDuty, answered in its own nouns. Every function raises PagerDutyError."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toban.clients.pagerduty.client import PagerDuty, Row
from toban.clients.pagerduty.first_alerts import read_alert
from toban.clients.pagerduty.incident_events import read_events
from toban.clients.pagerduty.incidents import read_incident
from toban.clients.pagerduty.people import person_or_none
from toban.clients.pagerduty.records import is_full
from toban.clients.pagerduty.windows import windows
from toban.domain.alerts.nouns import Alert, Change, Event, Incident, Note
from toban.domain.people import Person
from toban.domain.spans import Span
from toban.errors import PagerDutyRefused

log = logging.getLogger(__name__)

INCLUDED = ("assignees", "acknowledgers")  # their e-mails find them in Slack
FEW = 5  # incidents fetched one by one; of more, the open ones come by the hundred
POLICIES_AT_ONCE = 100  # in one address, which servers cut off at about 8 KB
# Change events are no part of every plan; an unknown service has none either.
WITHOUT_CHANGES = frozenset({402, 403, 404})


@dataclass(frozen=True)
class Happened:
    """``events`` oldest first; ``incidents`` as they are now, by id; ``alerts`` of those that began."""

    events: tuple[Event, ...]
    incidents: Mapping[str, Incident]
    alerts: Mapping[str, Alert]


def open_incidents(pagerduty: PagerDuty) -> list[Incident]:
    """Everything triggered or acknowledged, however old, newest first, with the people's e-mails."""
    rows = {row["id"]: row for row in pagerduty.open_incidents(include=INCLUDED)}  # pages may repeat one
    return [one for one in map(_readable, rows.values()) if one is not None]


def incident(pagerduty: PagerDuty, incident_id: str) -> Incident:
    """One incident as it is now, with the people's e-mails; one that is not there is refused with 404."""
    return read_incident(pagerduty.get(f"incidents/{incident_id}", include=INCLUDED)["incident"])


def happened(pagerduty: PagerDuty, since: datetime, until: datetime) -> Happened:
    """What PagerDuty logged in [since, until), and in what state that left the incidents."""
    entries = _entries(pagerduty, Span(since, until))
    events = read_events(entries)
    carried = _newest(entry["incident"] for entry in entries)
    missing = dict.fromkeys(event.incident_id for event in events if event.incident_id not in carried)
    alerts: dict[str, Alert] = {}
    for entry in entries:
        if entry["type"] == "trigger_log_entry":
            alerts.setdefault(entry["incident"]["id"], read_alert(entry))
    readable = {key: _readable(row) for key, row in carried.items()}
    incidents = {key: one for key, one in readable.items() if one is not None}
    incidents |= _fetched(pagerduty, missing)
    return Happened(events, incidents, alerts)


def notes(pagerduty: PagerDuty, incident_id: str) -> list[Note]:
    """The incident's notes as they read now, oldest first."""
    rows = pagerduty.get(f"incidents/{incident_id}/notes").get("notes") or []
    return sorted(map(_note, rows), key=lambda note: note.created_at)


def levels(
    pagerduty: PagerDuty, policy_ids: Collection[str], at: datetime
) -> dict[str, dict[int, tuple[Person, ...]]]:
    """Who is on call at that moment: policy id -> level, from 1 -> people; nobody: no such level."""
    found: defaultdict[str, defaultdict[int, dict[str, Person]]] = defaultdict(lambda: defaultdict(dict))
    ids = sorted(policy_ids)
    for first in range(0, len(ids), POLICIES_AT_ONCE):
        # PagerDuty's moments have whole seconds, so the answer may hold those who have just gone.
        asked = ids[first : first + POLICIES_AT_ONCE], at, at + timedelta(seconds=1)
        for shift in pagerduty.on_calls(*asked):
            if (shift.start is None or shift.start <= at) and (shift.end is None or at < shift.end):
                found[shift.policy_id][shift.level][shift.person.id] = shift.person
    return {
        policy: {level: tuple(people.values()) for level, people in sorted(rungs.items())}
        for policy, rungs in found.items()
    }


def responders(pagerduty: PagerDuty, incident_id: str) -> set[str]:
    """Ids of the users who were asked to join the incident, whatever they answered."""
    row = pagerduty.incident(incident_id)
    users = (one.get("user") for one in row.get("incidents_responders") or () if one)
    return {user["id"] for user in users if user and user.get("id")}


def changes(pagerduty: PagerDuty, service_id: str, since: datetime, until: datetime) -> list[Change]:
    """The service's change events, newest first; none where the account has no change events."""
    path, span = f"services/{service_id}/change_events", {"since": since, "until": until}
    try:
        found = [
            _change(row) for row in pagerduty.rows(path, "change_events", **span) if row.get("timestamp")
        ]
    except PagerDutyRefused as error:
        if error.status in WITHOUT_CHANGES:
            return []
        raise
    return sorted(found, key=lambda change: change.at, reverse=True)


def _entries(pagerduty: PagerDuty, span: Span) -> list[Row]:
    """The account's log entries, oldest first, each once; PagerDuty gives each window's newest first."""
    found: dict[str, Row] = {}
    for window in windows(pagerduty, span):
        rows = [row for page in window.pages for row in page if row.get("incident")]
        found |= {row["id"]: row for row in reversed(rows)}
    return sorted(found.values(), key=lambda row: datetime.fromisoformat(row["created_at"]))


def _newest(rows: Iterable[Row]) -> dict[str, Row]:
    """Of the incidents that are no mere references the state that was changed last: pages take time."""
    found: dict[str, Row] = {}
    for row in filter(is_full, rows):
        known = found.get(row["id"])
        if known is None or (row.get("updated_at") or "") >= (known.get("updated_at") or ""):
            found[row["id"]] = row
    return found


def _readable(row: Row) -> Incident | None:
    """One incident that is written in an unknown way must not keep the others from being told."""
    try:
        return read_incident(row)
    except (KeyError, TypeError, ValueError):
        log.exception("PagerDuty's incident %s cannot be read; look at it there", row.get("id"))
        return None


def _fetched(pagerduty: PagerDuty, incident_ids: Collection[str]) -> dict[str, Incident]:
    """For accounts whose log entries hold mere references; an incident that is gone is left out."""
    found = {one.id: one for one in open_incidents(pagerduty)} if len(incident_ids) > FEW else {}
    for incident_id in incident_ids:
        if incident_id not in found:
            try:
                found[incident_id] = incident(pagerduty, incident_id)
            except PagerDutyRefused as error:
                if error.status != 404:
                    raise
    return {incident_id: found[incident_id] for incident_id in incident_ids if incident_id in found}


def _note(row: Row) -> Note:
    created = _moment(row["created_at"])
    edited = row.get("updated_at")
    return Note(
        id=row["id"],
        by=person_or_none(row.get("user")),
        content=row.get("content") or "",
        created_at=created,
        updated_at=_moment(edited) if edited else created,
    )


def _change(row: Row) -> Change:
    links = (link.get("href") for link in row.get("links") or () if link)
    url = next((href for href in links if str(href).startswith(("https://", "http://"))), None)
    return Change(_moment(row["timestamp"]), row.get("summary") or "", row.get("source") or "", url)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
