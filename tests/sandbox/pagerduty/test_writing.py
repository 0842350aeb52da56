"""Writing over HTTP: who asks, what is refused and with which code, what comes back."""

import httpx
import pytest

from sandbox.pagerduty.account import AIKO, BATCH, BEN, CARLA, CHECKOUT, KEY, POLICY, kinds, triggered
from toban.sandbox.pagerduty import World

NOTE = {"note": {"content": "Looking into it"}}


def put(api: httpx.Client, incident: dict, **body: object) -> httpx.Response:
    return api.put(f"/incidents/{incident['id']}", json={"incident": {"type": "incident_reference", **body}})


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/incidents", {"incident": {}}),
        ("PUT", "/incidents", {"incidents": []}),
        ("PUT", "/incidents/{id}", {"incident": {}}),
        ("POST", "/incidents/{id}/notes", NOTE),
        ("POST", "/incidents/{id}/snooze", {"duration": 60}),
        ("PUT", "/incidents/{id}/merge", {"source_incidents": []}),
        ("POST", "/incidents/{id}/status_updates", {"message": "down"}),
    ],
)
def test_writing_needs_the_from_header_of_a_user(
    api: httpx.Client, world: World, method: str, path: str, body: dict
) -> None:
    path = path.format(id=triggered(world)["id"])
    for email in ("", "nobody@example.com"):
        refused = api.request(method, path, json=body, headers={"From": email})
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, 1008)


def test_an_acknowledgement_is_signed_by_whom_the_header_names(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    shown = put(api, incident, status="acknowledged").json()["incident"]
    assert shown["status"] == "acknowledged"
    assert shown["acknowledgements"][0]["acknowledger"]["id"] == AIKO
    entry = world.entries.of(incident["id"])[-1]
    assert (entry["agent"]["id"], entry["channel"]["type"]) == (AIKO, "api")


def test_refusals_carry_pagerdutys_codes(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    put(api, incident, status="acknowledged")
    assert put(api, incident, status="acknowledged").json()["error"]["code"] == 1002
    put(api, incident, status="resolved")
    again = put(api, incident, status="resolved")
    assert (again.status_code, again.json()["error"]["code"]) == (400, 1001)
    assert put(api, incident, escalation_level=2).json()["error"]["code"] == 1001
    assert put(api, triggered(world, BATCH), escalation_level=2).json()["error"]["code"] == 1006
    assert put(api, incident, status="sleeping").json()["error"]["code"] == 2001


def test_several_incidents_change_at_once_but_not_more_than_250(api: httpx.Client, world: World) -> None:
    incidents = [triggered(world, title=str(number)) for number in range(2)]
    asked = [{"id": one["id"], "type": "incident_reference", "status": "resolved"} for one in incidents]
    changed = api.put("/incidents", json={"incidents": asked}).json()["incidents"]
    assert {one["status"] for one in changed} == {"resolved"}
    assert api.put("/incidents", json={"incidents": asked * 126}).status_code == 413


def test_a_person_opens_an_incident(api: httpx.Client, world: World) -> None:
    asked = {
        "type": "incident",
        "title": "Shop is down",
        "service": {"id": CHECKOUT, "type": "service_reference"},
        "urgency": "low",
        "incident_key": "mine",
        "priority": {"id": "PRIO1", "type": "priority_reference"},
        "escalation_policy": {"id": POLICY, "type": "escalation_policy_reference"},
        "body": {"type": "incident_body", "details": "All of it"},
    }
    created = api.post("/incidents", json={"incident": asked})
    assert created.status_code == 201
    incident = created.json()["incident"]
    assert (incident["urgency"], incident["priority"]["summary"]) == ("low", "P1")
    assert world.entries.of(incident["id"])[0]["agent"]["id"] == AIKO
    assert api.post("/incidents", json={"incident": asked}).json()["error"]["code"] == 2002


def test_title_urgency_and_priority_change(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    shown = put(api, incident, title="Better", urgency="low", priority={"id": "PRIO2"}).json()["incident"]
    assert (shown["title"], shown["urgency"], shown["priority"]["name"]) == ("Better", "low", "P2")
    assert shown["pending_actions"] == []
    assert kinds(world, incident)[-2:] == ["urgency_change", "priority_change"]


def test_people_are_assigned_by_name(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    shown = put(api, incident, assignments=[{"assignee": {"id": CARLA, "type": "user_reference"}}]).json()[
        "incident"
    ]
    assert [one["assignee"]["id"] for one in shown["assignments"]] == [CARLA]
    assert put(api, incident, assignments=[{"assignee": {"id": "UNOBODY"}}]).status_code == 400


def test_a_note_is_listed_and_told_in_the_log_without_its_id(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    note = api.post(f"/incidents/{incident['id']}/notes", json=NOTE).json()["note"]
    assert note["user"]["id"] == AIKO
    assert api.get(f"/incidents/{incident['id']}/notes").json()["notes"] == [note]
    entry = world.entries.of(incident["id"])[-1]
    assert (entry["type"], entry["channel"]["summary"]) == ("annotate_log_entry", "Looking into it")
    assert note["id"] not in str(entry)


def test_a_note_changes_and_goes_without_a_word_in_the_log(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    notes = f"/incidents/{incident['id']}/notes"
    key = api.post(notes, json=NOTE).json()["note"]["id"]
    before = kinds(world, incident)
    changed = api.put(f"{notes}/{key}", json={"note": {"content": "It was the disk"}}).json()["note"]
    assert changed["content"] == "It was the disk"
    assert api.delete(f"{notes}/{key}", headers={"From": ""}).status_code == 204
    assert api.get(notes).json()["notes"] == []
    assert api.delete(f"{notes}/{key}").status_code == 404
    assert kinds(world, incident) == before


def test_snoozing_answers_201_and_merging_a_reference(api: httpx.Client, world: World) -> None:
    one, two = triggered(world, title="one"), triggered(world, title="two")
    snoozed = api.post(f"/incidents/{one['id']}/snooze", json={"duration": 3600})
    assert (snoozed.status_code, snoozed.json()["incident"]["status"]) == (201, "acknowledged")
    merged = api.put(f"/incidents/{one['id']}/merge", json={"source_incidents": [{"id": two["id"]}]})
    assert merged.json()["incident"]["type"] == "incident_reference"
    assert api.get(f"/incidents/{one['id']}/alerts").json()["alerts"][1]["incident"]["id"] == one["id"]


def test_responders_are_rung_without_being_assigned(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    target = {"responder_request_target": {"id": CARLA, "type": "user_reference"}}
    body = {"requester_id": BEN, "message": "Please help", "responder_request_targets": [target]}
    path = f"/incidents/{incident['id']}/responder_requests"
    asked = api.post(path, json=body, headers={"From": ""})
    assert asked.json()["responder_request"]["requester"]["id"] == BEN
    assert [one["assignee"]["id"] for one in incident["assignments"]] == [AIKO]
    assert kinds(world, incident)[-2:] == ["responder_request", "notify"]
    assert incident["incidents_responders"][0]["state"] == "pending"
    assert api.post(path, json=body | {"requester_id": "UNOBODY"}).json()["error"]["code"] == 1008


def test_a_body_that_is_no_json_is_refused(api: httpx.Client) -> None:
    refused = api.put("/incidents", content=b'{"incidents": [')
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 2001)


def event(action: str, key: str | None = "disk", **more: object) -> dict:
    payload = {
        "summary": "Disk full",
        "source": "db-1",
        "severity": "critical",
        "custom_details": {"used": 97},
    }
    return {"routing_key": KEY, "event_action": action, "dedup_key": key, "payload": payload, **more}


def test_an_event_opens_an_incident_once_per_key_and_ends_it(api: httpx.Client, world: World) -> None:
    sent = api.post("/v2/enqueue", json=event("trigger"), headers={"Authorization": ""})
    assert (sent.status_code, sent.json()["dedup_key"]) == (202, "disk")
    api.post("/v2/enqueue", json=event("trigger"))
    (incident,) = world.incidents.open()
    assert world.entries.of(incident["id"])[0]["channel"]["details"] == {"used": 97}
    alert = world.alerts[incident["id"]][0]
    assert (alert["severity"], alert["body"]["details"]) == ("critical", {"used": 97})
    api.post("/v2/enqueue", json=event("acknowledge"))
    assert incident["status"] == "acknowledged"
    api.post("/v2/enqueue", json=event("resolve"))
    assert incident["status"] == "resolved"
    assert world.entries.of(incident["id"])[-1]["agent"]["type"] == "integration_reference"


def test_an_event_that_matches_no_open_alert_is_dropped(api: httpx.Client, world: World) -> None:
    assert api.post("/v2/enqueue", json=event("resolve", "unknown")).status_code == 202
    assert world.incidents.open() == []


@pytest.mark.parametrize(
    "broken",
    [
        {"routing_key": "b" * 32},
        {"event_action": "shout"},
        {"payload": {"summary": "no severity", "source": "x"}},
        {"dedup_key": "k" * 256},
    ],
)
def test_a_malformed_event_is_refused_with_what_is_wrong(api: httpx.Client, broken: dict) -> None:
    refused = api.post("/v2/enqueue", json=event("trigger") | broken)
    assert refused.status_code == 400
    assert refused.json()["status"] == "invalid event"
    assert refused.json()["errors"]


def test_change_events_are_listed_newest_first_and_asked_for_in_utc(api: httpx.Client) -> None:
    for text in ("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z"):
        change = {"routing_key": KEY, "payload": {"summary": f"Deploy {text}", "timestamp": text}}
        assert api.post("/v2/change/enqueue", json=change).status_code == 202
    listed = api.get("/change_events", params={"since": "2026-03-04T09:00:00Z"}).json()["change_events"]
    assert [one["timestamp"] for one in listed] == ["2026-03-04T11:00:00Z", "2026-03-04T10:00:00Z"]
    assert api.get("/change_events", params={"since": "2026-03-04T09:00:00+09:00"}).status_code == 400
