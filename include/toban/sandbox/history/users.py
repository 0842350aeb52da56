"""Users with the ways to reach them and the rules by which PagerDuty rings."""

from typing import Any

from toban.sandbox.history.references import Ids, Ref, reference_to
from toban.sandbox.history.sources import PersonSource, TeamSource

CREATED_AT = "2024-04-01T01:00:00Z"

# (minutes after the assignment, contact) for high urgency, taken in turn, so that people differ.
HABITS: tuple[tuple[tuple[int, str], ...], ...] = (
    ((0, "push_notification"), (3, "phone")),
    ((0, "push_notification"), (1, "sms"), (5, "phone")),
    ((0, "email"), (0, "push_notification"), (2, "phone")),
    ((0, "sms"), (4, "phone")),
)
LOW_URGENCY: tuple[tuple[int, str], ...] = ((0, "email"),)


def user_row(ids: Ids, source: PersonSource, team: TeamSource, team_ref: Ref, number: int) -> dict[str, Any]:
    """A user with full contact methods and notification rules; the first of a team is its manager."""
    methods = {row["type"].removesuffix("_contact_method"): row for row in _methods(ids, source, number)}
    rules = [(delay, kind, "high") for delay, kind in HABITS[number % len(HABITS)]]
    rules += [(delay, kind, "low") for delay, kind in LOW_URGENCY]
    manager = source is team.people[0]
    return {
        "id": ids.next(),
        "type": "user",
        "summary": source.name,
        "name": source.name,
        "email": f"{source.mail_name}@example.com",
        "time_zone": team.time_zone,
        "color": "green",
        "role": "admin" if manager else "limited_user",
        "job_title": "Manager" if manager else "Engineer",
        "description": None,
        "invitation_sent": False,
        "created_via_sso": True,
        "teams": [team_ref],
        "contact_methods": list(methods.values()),
        "notification_rules": [_rule(ids, delay, methods[kind], urgency) for delay, kind, urgency in rules],
    }


def _methods(ids: Ids, source: PersonSource, number: int) -> list[dict[str, Any]]:
    phone = f"50000000{number:02d}"  # no such number is given out
    return [
        _method(ids, "email", "Default", f"{source.mail_name}@example.com", send_short_email=False),
        _method(ids, "phone", "Mobile", phone, country_code=81),
        _method(ids, "sms", "Mobile", phone, country_code=81),
        _method(
            ids,
            "push_notification",
            "Phone",
            f"device-{number:02d}",
            device_type=("ios", "android")[number % 2],
        ),
    ]


def _method(ids: Ids, kind: str, label: str, address: str, **more: object) -> dict[str, Any]:
    row = {
        "id": ids.next(),
        "type": f"{kind}_contact_method",
        "summary": label,
        "label": label,
        "address": address,
    }
    return {**row, **more}


def _rule(ids: Ids, delay: int, method: dict[str, Any], urgency: str) -> dict[str, Any]:
    return {
        "id": ids.next(),
        "type": "assignment_notification_rule",
        "summary": f"{delay} minutes: {method['summary']}",
        "start_delay_in_minutes": delay,
        "urgency": urgency,
        "contact_method": {**reference_to(method), "address": method["address"]},
    }
