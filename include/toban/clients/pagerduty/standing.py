"""How an incident stands right before somebody's press is carried out, and whether it was already."""

from datetime import datetime, timedelta

from toban.clients.pagerduty.client import PagerDuty, Row
from toban.clients.pagerduty.on_calls import person
from toban.domain.alerts.levels import Levels
from toban.domain.alerts.nouns import Status
from toban.domain.people import Person
from toban.domain.presses.standing import Standing
from toban.domain.shifts import on_duty

CLOCKS = timedelta(minutes=2)  # PagerDuty's and ours may differ
A_MOMENT = timedelta(minutes=1)


def standing(pagerduty: PagerDuty, incident_id: str) -> Standing:
    """As it is now; raises PagerDutyRefused with status 404 for one that PagerDuty does not know."""
    row = pagerduty.incident(incident_id)
    acknowledgers = (each["acknowledger"] for each in row.get("acknowledgements") or ())
    assigned = (each["assignee"]["id"] for each in row.get("assignments") or ())
    return Standing(
        status=Status(row["status"]),
        low=row.get("urgency") == "low",
        policy_id=(row.get("escalation_policy") or {}).get("id", ""),
        assigned=tuple(assigned),
        acknowledged_by=tuple(person(one) for one in acknowledgers if _is_user(one)),
        changed_by=_changed_by(row),
        wakes_at=_wakes_at(row),
    )


def was_escalated(pagerduty: PagerDuty, incident_id: str, since: datetime) -> bool:
    """Whether it climbed after that moment of PagerDuty's clock, by whomever."""
    entries = pagerduty.rows(f"incidents/{incident_id}/log_entries", "log_entries", since=since)
    return any(
        entry.get("type") == "escalate_log_entry" and datetime.fromisoformat(entry["created_at"]) > since
        for entry in entries
    )


def was_noted(pagerduty: PagerDuty, incident_id: str, content: str, author_id: str, since: datetime) -> bool:
    """Whether that person's note with that text is there, written about then or later."""
    notes = pagerduty.get(f"incidents/{incident_id}/notes").get("notes") or ()
    return any(
        note.get("content") == content
        and (note.get("user") or {}).get("id") == author_id
        and datetime.fromisoformat(note["created_at"]) >= since - CLOCKS
        for note in notes
    )


def levels_now(pagerduty: PagerDuty, policy_id: str, now: datetime) -> Levels:
    """Who is on call in the policy at that moment, by level."""
    levels: dict[int, tuple[Person, ...]] = {}
    for shift in on_duty(pagerduty.on_calls([policy_id], now, now + A_MOMENT), now):
        levels[shift.level] = (*levels.get(shift.level, ()), shift.person)
    return levels


def _changed_by(row: Row) -> Person | None:
    agent = row.get("last_status_change_by") or {}
    return person(agent) if _is_user(agent) else None


def _is_user(reference: Row) -> bool:
    return str(reference.get("type", "")).startswith("user")


def _wakes_at(row: Row) -> datetime | None:
    ends = (each["at"] for each in row.get("pending_actions") or () if each.get("type") == "unacknowledge")
    found = next(ends, None)
    return datetime.fromisoformat(found) if found else None
