"""PagerDuty's objects as rows: what is kept, and what never is."""

from typing import Any

import orjson
import pytest

from toban.clients.pagerduty.records import (
    alert_row,
    incident_row,
    is_full,
    log_entry_row,
    note_row,
    rule_rows,
    shift_row,
)
from toban.clients.pagerduty.records.directory import service_row, user_row

AIKO = {"id": "U1", "type": "user_reference", "summary": "Aiko Tanaka"}
INCIDENT = {
    "id": "I1", "type": "incident", "incident_number": 7, "title": "CPU high", "status": "triggered",
    "urgency": "high", "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:05:00Z",
}  # fmt: skip


def entry(kind: str, **more: Any) -> dict[str, Any]:
    base = {
        "id": "R1",
        "type": f"{kind}_log_entry",
        "created_at": "2026-11-22T10:00:00Z",
        "incident": INCIDENT,
    }
    return base | more


def text_of(row: dict[str, Any]) -> str:
    return orjson.dumps(row).decode()


def test_an_incident_with_only_what_is_required_is_a_row() -> None:
    row = incident_row(INCIDENT)
    assert (row["id"], row["status"], row["team_ids"], row["assigned_to"]) == ("I1", "triggered", [], [])
    assert row["alert_count"] is None


def test_lists_and_objects_may_be_null() -> None:
    nulls = dict.fromkeys(
        ["teams", "assignments", "pending_actions", "priority", "resolve_reason", "service"]
    )
    assert incident_row(INCIDENT | nulls) == incident_row(INCIDENT)


def test_the_next_escalation_is_the_earliest_pending_one() -> None:
    actions = [
        {"type": "resolve", "at": "2026-11-22T09:00:00Z"},
        {"type": "escalate", "at": "2026-11-22T11:00:00Z"},
        {"type": "escalate", "at": "2026-11-22T10:30:00Z"},
    ]
    row = incident_row(INCIDENT | {"pending_actions": actions})
    assert row["pending_escalation_at"] == "2026-11-22T10:30:00Z"


def test_a_merged_incident_names_its_target() -> None:
    reason = {"type": "merge_resolve_reason", "incident": {"id": "I2", "type": "incident_reference"}}
    assert incident_row(INCIDENT | {"resolve_reason": reason})["merged_into"] == "I2"


def test_a_reference_is_not_an_incident() -> None:
    assert is_full(INCIDENT)
    assert not is_full({"id": "I1", "type": "incident_reference", "summary": "[#7] CPU high"})


def test_who_did_it_and_through_what_is_kept() -> None:
    row = log_entry_row(entry("acknowledge", agent=AIKO, channel={"type": "mobile"}))
    assert row["type"] == "acknowledge"
    assert (row["agent_type"], row["agent_id"], row["agent_name"]) == ("user", "U1", "Aiko Tanaka")
    assert row["channel_type"] == "mobile"
    assert row["details"] is None


def test_a_triggers_alert_body_and_tool_are_kept_as_sent() -> None:
    channel = {
        "type": "api", "client": "Prometheus", "summary": "CPU high", "service_key": "0123456789abcdef",
        "details": {"unit": "getty@tty1.service", "from": 5, "to": 10},
    }  # fmt: skip
    row = log_entry_row(entry("trigger", agent={"id": "S1", "type": "service_reference"}, channel=channel))
    assert row["channel_client"] == "Prometheus"
    assert row["details"] == {"details": {"unit": "getty@tty1.service", "from": 5, "to": 10}}


def test_an_email_triggers_sender_and_recipient_are_not_stored() -> None:
    channel = {
        "type": "email", "from": "monitor@example.com", "to": "x@acme.pagerduty.com", "subject": "Disk full",
        "body": "Host db1. Questions: ops@example.com or +81 90 1234 5678", "raw_url": "https://x/raw",
    }  # fmt: skip
    row = log_entry_row(entry("trigger", channel=channel, summary="Triggered by monitor@example.com"))
    assert row["details"] == {"subject": "Disk full", "body": "Host db1. Questions: [removed] or [removed]"}
    assert "@" not in text_of(row)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("sms", "+819012345678"),
        ("phone", "+1 (415) 555-0100"),
        ("email", "aiko@example.com"),
        ("sms", "090-1234-5678"),
    ],
)
def test_where_a_notification_went_is_not_stored(kind: str, address: str) -> None:
    channel = {"type": "auto", "notification": {"type": kind, "address": address, "status": "success"}}
    row = log_entry_row(
        entry("notify", user=AIKO, channel=channel, summary=f"Notified Aiko at {address} by {kind}.")
    )
    assert (row["user_id"], row["notification_type"]) == ("U1", kind)
    assert row["summary"] == f"Notified Aiko at [removed] by {kind}."
    assert address not in text_of(row)


def test_an_unknown_kind_is_kept_whole_but_scrubbed() -> None:
    unknown = entry(
        "teleport", agent=AIKO, channel={"type": "web", "address": "aiko@example.com"},
        destination={"room": "9", "contact_methods": [{"address": "+819012345678"}], "to": "b@example.com"},
    )  # fmt: skip
    row = log_entry_row(unknown)
    assert row["type"] == "teleport"
    assert row["details"] == {
        "channel": {"type": "web"}, "destination": {"room": "9", "to": "[removed]"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "place",
    [{"channel": {"type": "note", "summary": "Restarted"}}, {"note": "Restarted"},
     {"channel": {"type": "note", "content": "Restarted"}}],
)  # fmt: skip
def test_a_notes_text_is_found_wherever_it_stands(place: dict[str, Any]) -> None:
    row = note_row(entry("annotate", agent=AIKO, **place))
    assert row is not None
    assert (row["content"], row["user_id"], row["incident_id"]) == ("Restarted", "U1", "I1")
    assert log_entry_row(entry("annotate", **place))["note"] == "Restarted"


def test_only_annotations_are_notes() -> None:
    assert note_row(entry("resolve", note="fixed")) is None


@pytest.mark.parametrize(
    "more",
    [{"channel": {"type": "website", "duration": 3600}},
     {"changed_actions": [{"type": "unacknowledge", "at": "2026-11-22T11:00:00Z"}]}],
)  # fmt: skip
def test_a_snoozes_length_is_in_seconds(more: dict[str, Any]) -> None:
    assert log_entry_row(entry("snooze", **more))["snooze_s"] == 3600


def test_everybody_it_was_given_to_is_kept() -> None:
    other = {"id": "U2", "type": "user_reference"}
    assert log_entry_row(entry("escalate", assignees=[AIKO, other]))["assignee_ids"] == ["U1", "U2"]


def test_an_alert_knows_its_tool() -> None:
    alert = {
        "id": "A1",
        "alert_key": "k",
        "status": "triggered",
        "body": {"cef_details": {"client": "Zabbix"}},
    }
    row = alert_row(alert, "I1")
    assert (row["incident_id"], row["monitoring_tool"]) == ("I1", "Zabbix")


def test_a_users_address_is_not_stored() -> None:
    user = {
        "id": "U1",
        "name": "Aiko",
        "email": "aiko@example.com",
        "time_zone": "Asia/Tokyo",
        "role": "user",
    }
    assert "@" not in text_of(user_row(user))
    assert user_row(user)["notification_rules"] is None, "not listed is not known"
    rules = [{"id": f"R{n}", "type": "assignment_notification_rule_reference"} for n in range(2)]
    assert user_row(user | {"notification_rules": rules})["notification_rules"] == 2


def test_a_service_names_each_of_its_tools_once() -> None:
    tools = [{"id": "1", "vendor": {"summary": "Datadog"}}, {"id": "2", "vendor": None, "name": "Homemade"},
             {"id": "3", "vendor": {"summary": "Datadog"}}]  # fmt: skip
    assert service_row({"id": "S1", "name": "Web", "integrations": tools})["monitoring_tools"] == [
        "Datadog",
        "Homemade",
    ]


def test_the_first_rule_of_a_policy_is_level_1() -> None:
    rules = [{"escalation_delay_in_minutes": 30, "targets": [{"id": "C1", "type": "schedule_reference"}]},
             {"escalation_delay_in_minutes": 15, "targets": [AIKO]}]  # fmt: skip
    rows = list(rule_rows({"id": "E1", "escalation_rules": rules}))
    assert [(row["level"], row["target_type"], row["delay_s"]) for row in rows] == [
        (1, "schedule", 1800),
        (2, "user", 900),
    ]


def test_a_permanent_duty_has_no_schedule_and_no_times() -> None:
    row = shift_row(
        {"escalation_policy": {"id": "E1"}, "escalation_level": 2, "user": AIKO, "schedule": None}
    )
    assert (row["schedule_id"], row["start_at"], row["end_at"]) == (None, None, None)
