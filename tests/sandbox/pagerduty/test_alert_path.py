"""What an alert path asks of PagerDuty over HTTP while an incident lives, and what the log then says."""

from typing import Any

import httpx
import pytest

from sandbox.pagerduty.account import AIKO, BATCH, BEN, CARLA, CHECKOUT, KEY, Clock, triggered
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.engine import tick

OPEN = {"statuses[]": ["triggered", "acknowledged"], "include[]": ["assignees", "acknowledgers"]}


def put(api: httpx.Client, incident: dict[str, Any], **body: object) -> httpx.Response:
    asked = {"id": incident["id"], "type": "incident_reference", **body}
    return api.put("/incidents", json={"incidents": [asked]})


def shown(api: httpx.Client, incident: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = api.get(f"/incidents/{incident['id']}").json()["incident"]
    return answer


def assigned(incident: dict[str, Any]) -> list[str]:
    return [one["assignee"]["id"] for one in incident["assignments"]]


def newest(api: httpx.Client, kind: str) -> dict[str, Any]:
    """The latest log entry of a kind, with its incident and its channel."""
    query = {"include[]": ["incidents", "channels"], "limit": 100}
    entries = api.get("/log_entries", params=query).json()["log_entries"]
    entry: dict[str, Any] = next(one for one in entries if one["type"] == f"{kind}_log_entry")
    return entry


def test_open_incidents_are_listed_with_whom_they_concern(api: httpx.Client, world: World) -> None:
    taken, fresh, over = (triggered(world, title=title) for title in ("taken", "fresh", "over"))
    put(api, taken, status="acknowledged")
    put(api, over, status="resolved")
    listed = api.get("/incidents", params=OPEN).json()["incidents"]
    assert [one["id"] for one in listed] == [taken["id"], fresh["id"]]
    assert listed[0]["acknowledgements"][0]["acknowledger"]["email"] == "aiko@example.com"
    assert listed[1]["assignments"][0]["assignee"]["time_zone"] == "Asia/Tokyo"
    assert {action["type"]: action["at"] for action in listed[1]["pending_actions"]} == {
        "escalate": "2026-03-04T12:10:00Z"
    }


def test_escalating_twice_to_a_level_climbs_once(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    for _ in range(2):
        raised = put(api, incident, escalation_level=2).json()["incidents"][0]
        assert assigned(raised) == [CARLA, BEN]
    entry = newest(api, "escalate")
    assert (entry["agent"]["id"], entry["incident"]["status"], entry["channel"]["type"]) == (
        AIKO,
        "triggered",
        "api",
    )
    assert assigned(entry["incident"]) == [CARLA, BEN]


def test_toban_and_the_clock_in_the_same_second_climb_one_level(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    incident = triggered(world)
    clock.pass_by(minutes=10)
    tick(world)
    put(api, incident, escalation_level=2)
    tick(world)
    assert assigned(shown(api, incident)) == [CARLA, BEN]


def test_low_urgency_is_reassigned_and_not_escalated(api: httpx.Client, world: World) -> None:
    incident = triggered(world, BATCH)
    refused = put(api, incident, escalation_level=2)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 1006)
    people = [{"assignee": {"id": CARLA, "type": "user_reference"}}]
    assert assigned(put(api, incident, assignments=people).json()["incidents"][0]) == [CARLA]
    entry = newest(api, "assign")
    assert ([one["id"] for one in entry["assignees"]], entry["agent"]["id"]) == ([CARLA], AIKO)


def test_an_acknowledgement_lapses_and_the_log_says_by_whom(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    incident = triggered(world)
    put(api, incident, status="acknowledged")
    taken = newest(api, "acknowledge")
    assert (taken["agent"]["id"], taken["incident"]["status"]) == (AIKO, "acknowledged")
    clock.pass_by(minutes=30)
    tick(world)
    lapsed = newest(api, "unacknowledge")
    assert (lapsed["channel"]["type"], lapsed["incident"]["status"]) == ("timeout", "triggered")


def test_a_snooze_tells_how_long_in_the_log_and_until_when_on_the_incident(
    api: httpx.Client, world: World
) -> None:
    incident = triggered(world)
    api.post(f"/incidents/{incident['id']}/snooze", json={"duration": 3600}).raise_for_status()
    entry = newest(api, "snooze")
    assert (entry["channel"]["duration"], entry["incident"]["status"]) == (3600, "acknowledged")
    assert entry["incident"]["pending_actions"] == [{"type": "unacknowledge", "at": "2026-03-04T13:00:00Z"}]


def test_a_note_stands_in_the_log_and_its_edit_only_on_the_incident(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    incident = triggered(world)
    notes = f"/incidents/{incident['id']}/notes"
    note = api.post(notes, json={"note": {"content": "Looking"}}).json()["note"]
    assert newest(api, "annotate")["channel"] == {"type": "note", "summary": "Looking"}
    clock.pass_by(minutes=1)
    api.put(f"{notes}/{note['id']}", json={"note": {"content": "It is the disk"}}).raise_for_status()
    assert newest(api, "annotate")["channel"]["summary"] == "Looking"
    assert shown(api, incident)["updated_at"] == "2026-03-04T12:01:00Z"
    edited = api.get(notes).json()["notes"][0]
    assert (edited["content"], edited["updated_at"]) == ("It is the disk", "2026-03-04T12:01:00Z")


def test_responders_that_were_asked_are_seen_on_the_incident(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    target = {"responder_request_target": {"id": CARLA, "type": "user_reference"}}
    body = {"requester_id": AIKO, "message": "Help", "responder_request_targets": [target]}
    api.post(f"/incidents/{incident['id']}/responder_requests", json=body).raise_for_status()
    (responder,) = shown(api, incident)["incidents_responders"]
    assert (responder["user"]["id"], responder["state"]) == (CARLA, "pending")
    entry = newest(api, "responder_request")
    assert (entry["user"]["id"], entry["incident"]["id"]) == (CARLA, incident["id"])


def test_a_merge_and_a_reopening_are_told(api: httpx.Client, world: World) -> None:
    target, source = triggered(world, title="one"), triggered(world, title="two")
    order = {"source_incidents": [{"id": source["id"], "type": "incident_reference"}]}
    api.put(f"/incidents/{target['id']}/merge", json=order).raise_for_status()
    entry = newest(api, "resolve")
    assert entry["incident"]["id"] == source["id"]
    assert entry["incident"]["resolve_reason"]["incident"]["id"] == target["id"]
    assert newest(api, "link")["linked_incident"]["id"] == source["id"]
    put(api, target, status="resolved")
    put(api, target, status="triggered")
    reopened = newest(api, "reopen")
    assert (reopened["agent"]["id"], reopened["incident"]["status"]) == (AIKO, "triggered")
    assert shown(api, target)["resolved_at"] is None


def test_a_user_is_found_by_address(api: httpx.Client) -> None:
    found = api.get("/users", params={"query": "carla@example.com"}).json()["users"]
    assert [user["id"] for user in found] == [CARLA]


def change(api: httpx.Client, summary: str, at: str) -> None:
    sent = {"routing_key": KEY, "payload": {"summary": summary, "timestamp": at}}
    assert api.post("/v2/change/enqueue", json=sent).status_code == 202


def test_a_services_changes_of_the_last_hours_are_listed(api: httpx.Client) -> None:
    for summary, at in (("new", "11:30"), ("old", "08:00"), ("recent", "10:30")):
        change(api, summary, f"2026-03-04T{at}:00Z")
    query = {"since": "2026-03-04T10:00:00Z", "until": "2026-03-04T12:00:00Z"}
    listed = api.get(f"/services/{CHECKOUT}/change_events", params=query).json()["change_events"]
    assert [one["summary"] for one in listed] == ["new", "recent"]
    assert api.get(f"/services/{BATCH}/change_events", params=query).json()["change_events"] == []
    assert api.get("/services/S0/change_events").status_code == 404
    assert api.get(
        f"/services/{CHECKOUT}/change_events", params={"since": "2026-03-04T10:00:00+09:00"}
    ).is_error


def test_changes_near_an_incident_say_why_they_may_be_related(api: httpx.Client, world: World) -> None:
    change(api, "before", "2026-03-04T11:30:00Z")
    change(api, "long before", "2026-03-01T11:30:00Z")
    own, other = triggered(world), triggered(world, BATCH)
    change(api, "after", "2026-03-04T12:30:00Z")
    for incident, reason in ((own, "most_recent"), (other, "related_service")):
        related = api.get(f"/incidents/{incident['id']}/related_change_events").json()["change_events"]
        assert [(one["summary"], one["correlation_reason"]["reason"]) for one in related] == [
            ("before", reason)
        ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1]),
        ({"filter_type": "account"}, [0]),
        ({"filter_type": "service", "filter_id": CHECKOUT}, [1]),
        ({"filter_type": "service", "filter_id": BATCH}, []),
    ],
)
def test_subscriptions_are_listed_by_what_they_filter(
    api: httpx.Client, query: dict[str, str], found: list[int]
) -> None:
    keys = []
    for kind in ({"type": "account_reference"}, {"type": "service_reference", "id": CHECKOUT}):
        method = {"type": "http_delivery_method", "url": "http://127.0.0.1:9/"}
        asked = {"delivery_method": method, "events": ["incident.triggered"], "filter": kind}
        made = api.post("/webhook_subscriptions", json={"webhook_subscription": asked})
        keys.append(made.json()["webhook_subscription"]["id"])
    listed = api.get("/webhook_subscriptions", params=query).json()["webhook_subscriptions"]
    assert [one["id"] for one in listed] == [keys[place] for place in found]
