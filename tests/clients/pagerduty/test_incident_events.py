"""Log entries as events: every kind that was seen, and fields that are null."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from toban.clients.pagerduty.incident_events import read_events
from toban.clients.pagerduty.incidents import read_incident
from toban.domain.alerts.nouns import Event, Kind, Status
from toban.domain.people import Person

AT = "2026-03-04T12:00:00Z"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
AIKO = {"id": "UAIKO", "type": "user_reference", "summary": "Aiko"}
POLICY = {"id": "E1", "type": "escalation_policy_reference", "summary": "Payments"}


def entry(kind: str, key: str = "R1", **more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("agent", "channel", "assignees", "note", "summary", "changed_actions", "user"))
    return {"id": key, "type": kind, "created_at": AT, "incident": {"id": "Q1"}, **nothing, **more}


def event(kind: str, **more: Any) -> Event:
    (one,) = read_events([entry(kind, **more)])
    return one


def test_an_entry_of_nulls_is_an_event_all_the_same() -> None:
    assert event("snooze_log_entry") == Event("R1", "Q1", Kind.SNOOZE, NOON)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("acknowledge", Kind.ACKNOWLEDGE),
        ("acknowledgement", Kind.ACKNOWLEDGE),
        ("unsnooze", Kind.UNACKNOWLEDGE),
        ("reopen", Kind.REOPEN),
        ("urgency_change", Kind.URGENCY),
        ("priority_change", Kind.PRIORITY),
        ("responder_request", Kind.RESPONDERS),
        ("repeat_escalation_path", Kind.OTHER),
        ("reach_ack_limit", Kind.OTHER),
        ("link", Kind.OTHER),
        ("something_of_next_year", Kind.OTHER),
        ("other", Kind.OTHER),
    ],
)
def test_every_name_on_the_wire_has_a_kind(name: str, kind: Kind) -> None:
    assert event(f"{name}_log_entry").kind is kind


def test_how_people_were_rung_is_no_event() -> None:
    assert read_events([entry("notify_log_entry", user=AIKO)]) == ()


@pytest.mark.parametrize("agent", ["service_reference", "integration_reference", "bot_user_reference"])
def test_only_a_user_does_something(agent: str) -> None:
    assert event("resolve_log_entry", agent={"id": "X", "type": agent}).by is None
    assert event("resolve_log_entry", agent=AIKO).by == Person("UAIKO", "Aiko")


def test_what_goes_to_a_policy_goes_to_the_people_alone() -> None:
    assert event("delegate_log_entry", assignees=[POLICY, AIKO, None]).to == (Person("UAIKO", "Aiko"),)


def test_only_what_happens_to_one_incident_in_one_second_is_joined() -> None:
    others = [
        entry("assign_log_entry", "R3", assignees=[AIKO]),
        entry("escalate_log_entry", "R4") | {"incident": {"id": "Q2"}},
        entry("escalate_log_entry", "R5") | {"created_at": "2026-03-04T12:00:01Z"},
        entry("annotate_log_entry", "R6"),
        entry("annotate_log_entry", "R7"),
    ]
    ben = {"id": "UBEN", "type": "user_reference", "summary": "Ben"}
    escalated = [
        entry("escalate_log_entry", key, assignees=[to])
        for key, to in (("R2", AIKO), ("R1", ben), ("R9", AIKO))
    ]

    events = read_events([*escalated, *others])

    assert [each.id for each in events] == ["R1", "R3", "R4", "R5", "R6", "R7"]
    assert [person.id for person in events[0].to] == ["UAIKO", "UBEN"]


@pytest.mark.parametrize(
    "place", [{"channel": {"type": "note", "summary": "x"}}, {"note": "x"}, {"channel": {"content": "x"}}]
)
def test_a_notes_text_is_found_in_any_of_its_places(place: dict[str, Any]) -> None:
    assert event("annotate_log_entry", **place).text == "x"


def test_pagerdutys_own_sentence_goes_without_addresses_and_only_where_we_have_none() -> None:
    sentence = "Responder request sent to ann@example.com"
    assert (
        event("responder_request_log_entry", summary=sentence).text == "Responder request sent to [removed]"
    )
    assert event("acknowledge_log_entry", summary=sentence).text == ""


@pytest.mark.parametrize(
    "told",
    [
        {"changed_actions": [{"type": "unacknowledge", "at": "2026-03-04T12:10:00Z"}]},
        {"channel": {"type": "website", "duration": 600}},
        {"channel": {"type": "website", "duration": "600"}},
    ],
)
def test_a_snoozes_end_is_told_in_either_way(told: dict[str, Any]) -> None:
    assert event("snooze_log_entry", **told).until == NOON + timedelta(minutes=10)


def test_an_incident_of_nulls_is_read_with_what_is_left() -> None:
    names = (
        "incident_number", "title", "summary", "urgency", "service", "escalation_policy", "html_url",
        "priority", "teams", "assignments", "acknowledgements", "resolved_at", "alert_counts",
        "pending_actions", "resolve_reason", "last_status_change_at",
    )  # fmt: skip
    row = {"id": "Q1", "status": "resolved", "created_at": AT, **dict.fromkeys(names)}

    found = read_incident(row)

    assert (found.title, found.number, found.status, found.urgency) == ("Q1", 0, Status.RESOLVED, "high")
    assert (found.service_id, found.policy_name, found.resolved_at, found.assigned) == ("", "", None, ())


def test_an_incident_acknowledged_by_a_tool_is_acknowledged_by_no_person() -> None:
    tool = {"id": "S1", "type": "service_reference", "summary": "Checkout"}
    acknowledged = [{"at": AT, "acknowledger": one} for one in (tool, AIKO)]
    actions = [
        {"type": "resolve", "at": AT},
        *({"type": "escalate", "at": f"2026-03-04T12:{n}:00Z"} for n in (30, 10)),
    ]
    row = {"id": "Q1", "status": "acknowledged", "created_at": AT, "pending_actions": actions}

    found = read_incident(row | {"acknowledgements": acknowledged, "priority": {"summary": "P1"}})

    assert [person.id for person in found.acknowledged_by] == ["UAIKO"]
    assert (found.escalates_at, found.priority) == (NOON + timedelta(minutes=10), "P1")
