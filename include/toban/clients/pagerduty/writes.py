"""What Toban changes in PagerDuty, each in the name of a person: `as_user` is the e-mail for From.

Without `as_user` it is `pagerduty.from_email`. What would ring people twice, or stand there twice, is not
sent again after a lost answer: it raises PagerDutyUnavailable, and the caller looks before the next try.
A refusal's ``code`` says why: see the constants.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from toban.clients.pagerduty.client import PagerDuty, Row
from toban.clients.pagerduty.on_calls import person
from toban.domain.people import Person

ALREADY_RESOLVED = 1001
ALREADY_ACKNOWLEDGED = 1002
CANNOT_ESCALATE = 1006
LONGEST_SNOOZE = timedelta(days=7)  # PagerDuty's own limit


def acknowledge(pagerduty: PagerDuty, incident_id: str, *, as_user: str | None = None) -> Row:
    """The incident, acknowledged. Refused with ALREADY_ACKNOWLEDGED (by this person) or ALREADY_RESOLVED."""
    return _changed(pagerduty, incident_id, {"status": "acknowledged"}, as_user)


def resolve(pagerduty: PagerDuty, incident_id: str, *, as_user: str | None = None) -> Row:
    """The incident, resolved. Refused with ALREADY_RESOLVED."""
    return _changed(pagerduty, incident_id, {"status": "resolved"}, as_user)


def escalate(pagerduty: PagerDuty, incident_id: str, level: int, *, as_user: str | None = None) -> Row:
    """The incident, assigned to whoever is on call at that level of its policy, counted from 1.

    Refused with CANNOT_ESCALATE (low urgency, no such level) or ALREADY_RESOLVED. An acknowledgement ends.
    """
    return _changed(pagerduty, incident_id, {"escalation_level": level}, as_user, repeatable=False)


def reassign(
    pagerduty: PagerDuty, incident_id: str, user_ids: Sequence[str], *, as_user: str | None = None
) -> Row:
    """The incident, assigned to these people instead; it leaves its escalation policy."""
    assignments = [{"assignee": {"id": user_id, "type": "user_reference"}} for user_id in user_ids]
    return _changed(pagerduty, incident_id, {"assignments": assignments}, as_user, repeatable=False)


def request_responders(
    pagerduty: PagerDuty, incident_id: str, requester_id: str, user_ids: Sequence[str], message: str
) -> Row:
    """The request that rings further people; PagerDuty wants the requester's id here, and no From.

    An account without coordinated responding refuses it with status 402.
    """
    targets = [
        {"responder_request_target": {"id": user_id, "type": "user_reference"}} for user_id in user_ids
    ]
    body = {"requester_id": requester_id, "message": message, "responder_request_targets": targets}
    answer: Row = pagerduty.post(f"incidents/{incident_id}/responder_requests", body)["responder_request"]
    return answer


def snooze(pagerduty: PagerDuty, incident_id: str, seconds: int, *, as_user: str | None = None) -> Row:
    """The incident, acknowledged until so many seconds from now (at most LONGEST_SNOOZE)."""
    answer = pagerduty.post(f"incidents/{incident_id}/snooze", {"duration": seconds}, as_user=as_user)
    incident: Row = answer["incident"]
    return incident


def add_note(pagerduty: PagerDuty, incident_id: str, content: str, *, as_user: str | None = None) -> Row:
    """The note, as PagerDuty keeps it."""
    body = {"note": {"content": content}}
    note: Row = pagerduty.post(f"incidents/{incident_id}/notes", body, as_user=as_user)["note"]
    return note


def user_by_email(pagerduty: PagerDuty, email: str) -> Person | None:
    """The user with exactly that address, in any case; PagerDuty's own search also finds parts of it."""
    wanted = email.casefold()
    users = pagerduty.rows("users", "users", query=email)
    return next((person(user) for user in users if str(user.get("email")).casefold() == wanted), None)


def _changed(
    pagerduty: PagerDuty, incident_id: str, values: Row, as_user: str | None, *, repeatable: bool = True
) -> Row:
    body: dict[str, Any] = {"incident": {"id": incident_id, "type": "incident_reference", **values}}
    answer = pagerduty.put(f"incidents/{incident_id}", body, repeatable=repeatable, as_user=as_user)
    incident: Row = answer["incident"]
    return incident
