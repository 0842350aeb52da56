"""Every kind of answer is held against PagerDuty's own OpenAPI document."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.pagerduty.account import (
    AIKO,
    BEN,
    CARLA,
    CHECKOUT,
    KEY,
    POLICY,
    SCHEDULE,
    TEAM,
    Clock,
    small_world,
    triggered,
)
from sandbox.pagerduty.conftest import HEADERS
from sandbox.pagerduty.openapi import CORRECTIONS, Document
from sandbox_server import running
from toban.sandbox.history import generate_history
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.merging import merge
from toban.sandbox.pagerduty.life.statuses import acknowledge, resolve

RANGE = {"since": "2026-03-04T00:00:00Z", "until": "2026-03-12T00:00:00Z"}
INCLUDE = ["incidents", "channels", "services", "teams"]
EVERYTHING = [
    "acknowledgers",
    "agents",
    "assignees",
    "escalation_policies",
    "first_trigger_log_entries",
    "services",
    "teams",
]
INCIDENT = "/incidents/{id}"
OVERRIDE = {
    "start": "2026-03-05T00:00:00Z",
    "end": "2026-03-06T00:00:00Z",
    "user": {"id": CARLA, "type": "user_reference"},
}
SUBSCRIPTION = {
    "type": "webhook_subscription",
    "delivery_method": {"type": "http_delivery_method", "url": "http://127.0.0.1:9/hook"},
    "events": ["incident.triggered"],
    "filter": {"type": "service_reference", "id": CHECKOUT},
}
READS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("/abilities", {}, {}),
    ("/users", {}, {"include[]": ["contact_methods", "notification_rules", "teams"]}),
    ("/users", {}, {}),
    ("/users/{id}", {"id": AIKO}, {}),
    ("/users/{id}/contact_methods", {"id": AIKO}, {}),
    ("/users/{id}/notification_rules", {"id": AIKO}, {}),
    ("/teams", {}, {}),
    ("/teams/{id}", {"id": TEAM}, {}),
    ("/services", {}, {"include[]": ["integrations", "teams", "escalation_policies"]}),
    ("/services/{id}", {"id": CHECKOUT}, {}),
    ("/services/{id}/integrations/{integration_id}", {"id": CHECKOUT, "integration_id": "PINT"}, {}),
    ("/escalation_policies", {}, {"include[]": ["targets"]}),
    ("/escalation_policies/{id}", {"id": POLICY}, {}),
    ("/priorities", {}, {}),
    ("/schedules", {}, {}),
    ("/schedules/{id}", {"id": SCHEDULE}, {}),
    ("/schedules/{id}", {"id": SCHEDULE}, RANGE),
    ("/schedules/{id}/users", {"id": SCHEDULE}, {}),
    ("/oncalls", {}, {"total": "true"}),
    ("/oncalls", {}, RANGE | {"include[]": ["users", "schedules", "escalation_policies"]}),
    ("/incidents", {}, {"date_range": "all"}),
    ("/incidents", {}, {"date_range": "all", "include[]": EVERYTHING}),
    ("/log_entries", {}, {"limit": 100}),
    ("/log_entries", {}, {"limit": 100, "include[]": INCLUDE}),
    ("/change_events", {}, {}),
    ("/services/{id}/change_events", {"id": CHECKOUT}, {}),
]
OF_INCIDENT = [
    (INCIDENT, {}),
    (INCIDENT, {"include[]": EVERYTHING}),
    ("/incidents/{id}/notes", {}),
    ("/incidents/{id}/alerts", {}),
    ("/incidents/{id}/related_change_events", {}),
    ("/incidents/{id}/log_entries", {}),
    ("/incidents/{id}/log_entries", {"include[]": INCLUDE}),
    ("/analytics/raw/incidents/{id}", {}),
]
WRITES: list[tuple[str, str, dict[str, Any], int]] = [
    ("POST", "/incidents", {"incident": {"title": "New", "service": {"id": CHECKOUT}}}, 201),
    ("PUT", INCIDENT, {"incident": {"status": "acknowledged"}}, 200),
    ("PUT", INCIDENT, {"incident": {"status": "acknowledged", "title": "Both"}}, 200),
    ("POST", "/incidents/{id}/notes", {"note": {"content": "Looking"}}, 200),
    ("POST", "/incidents/{id}/snooze", {"duration": 60}, 201),
    ("POST", "/incidents/{id}/status_updates", {"message": "Working on it"}, 200),
    (
        "POST",
        "/incidents/{id}/responder_requests",
        {
            "requester_id": BEN,
            "message": "Help",
            "responder_request_targets": [
                {"responder_request_target": {"id": CARLA, "type": "user_reference"}}
            ],
        },
        200,
    ),
    ("POST", "/schedules/{id}/overrides", {"overrides": [OVERRIDE]}, 201),
    ("POST", "/analytics/raw/incidents", {"filters": {}}, 200),
    ("POST", "/analytics/metrics/incidents/all", {"filters": {}, "aggregate_unit": "week"}, 200),
    ("PUT", "/incidents", {"incidents": []}, 200),
]


@pytest.fixture(scope="module")
def document() -> Document:
    return Document()


@pytest.fixture(scope="module")
def world() -> World:
    """One incident in every state, with every kind of log entry that this account can write."""
    clock = Clock()
    world = small_world(clock)
    users = {key: by_user(world.directory.find("users", key) or {}) for key in (AIKO, BEN, CARLA)}
    open_one, taken, over, merged = (
        triggered(world, title=title) for title in ("open", "taken", "over", "merged")
    )
    clock.pass_by(minutes=10)
    tick(world)
    with world.changing():
        acknowledge(world, taken, users[AIKO])
        acknowledge(world, over, users[CARLA])
        resolve(world, over, users[CARLA])
        merge(world, open_one, [merged], users[BEN])
    clock.pass_by(minutes=30)
    tick(world)
    return world


@pytest.fixture(scope="module")
def api(world: World) -> Iterator[httpx.Client]:
    with (
        running(create_app(world, ticking=False)) as url,
        httpx.Client(base_url=url, headers=HEADERS) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("path", "names", "query"), READS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_read_has_the_documented_shape(
    api: httpx.Client, document: Document, path: str, names: dict[str, str], query: dict[str, Any]
) -> None:
    api.post("/v2/change/enqueue", json={"routing_key": KEY, "payload": {"summary": "Deploy"}})
    answer = api.get(path.format(**names), params=query)
    assert answer.status_code == 200
    assert document.faults("GET", path, 200, answer.json()) == []


@pytest.mark.parametrize(
    ("path", "query"), OF_INCIDENT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_incident_has_the_documented_shape_in_every_state(
    api: httpx.Client, world: World, document: Document, path: str, query: dict[str, Any]
) -> None:
    states = set()
    for incident in world.incidents:
        answer = api.get(path.format(id=incident["id"]), params=query)
        assert document.faults("GET", path, 200, answer.json()) == []
        states.add(incident["status"])
    assert states == {"triggered", "resolved"} | states


@pytest.mark.parametrize(
    ("method", "path", "body", "status"), WRITES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_what_a_change_answers_has_the_documented_shape(
    api: httpx.Client,
    world: World,
    document: Document,
    method: str,
    path: str,
    body: dict[str, Any],
    status: int,
) -> None:
    key = SCHEDULE if path.startswith("/schedules") else triggered(world, title=f"{method} {path}")["id"]
    answer = api.request(method, path.format(id=key), json=body)
    assert answer.status_code == status
    assert document.faults(method, path, status, answer.json()) == []


def test_merging_has_the_documented_shape(api: httpx.Client, world: World, document: Document) -> None:
    one, two = triggered(world, title="m1"), triggered(world, title="m2")
    answer = api.put(f"/incidents/{one['id']}/merge", json={"source_incidents": [{"id": two["id"]}]})
    assert document.faults("PUT", "/incidents/{id}/merge", 200, answer.json()) == []


def test_webhook_subscriptions_have_the_documented_shape(api: httpx.Client, document: Document) -> None:
    created = api.post("/webhook_subscriptions", json={"webhook_subscription": SUBSCRIPTION})
    key = created.json()["webhook_subscription"]["id"]
    listed, shown = api.get("/webhook_subscriptions"), api.get(f"/webhook_subscriptions/{key}")
    assert document.faults("GET", "/webhook_subscriptions", 200, listed.json()) == []
    for method in ("GET", "PUT"):
        assert document.faults(method, "/webhook_subscriptions/{id}", 200, shown.json()) == []
    # The document says 200 for a creation where PagerDuty answers 201.
    assert document.faults("POST", "/webhook_subscriptions", 200, created.json()) == []


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/users/{id}", {}, 404),
        ("GET", "/incidents/{id}", {}, 404),
        ("GET", "/abilities/{id}", {}, 402),
        ("GET", "/oncalls", {"params": {"since": "tomorrow"}}, 400),
        ("GET", "/log_entries", {"headers": {"Authorization": "Token token=invalid"}}, 401),
    ],
)
def test_refusals_have_the_documented_shape(
    api: httpx.Client, document: Document, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    answer = api.request(method, path.format(id="Q0"), **sent)
    assert answer.status_code == status
    assert document.faults(method, path, status, answer.json()) == []


@pytest.mark.soak
def test_a_generated_year_has_the_documented_shape(document: Document) -> None:
    """The newest thousand log entries, with their incidents and channels, and the newest incidents."""
    history = generate_history(7, Clock()())
    world = World.from_history(history.directory, history.items, now=Clock())
    with running(create_app(world, ticking=False)) as url, httpx.Client(base_url=url, headers=HEADERS) as api:
        for offset in range(0, 1000, 100):
            query = {"limit": 100, "offset": offset, "include[]": INCLUDE}
            entries = api.get("/log_entries", params=query).json()
            assert document.faults("GET", "/log_entries", 200, entries) == []
        incidents = api.get("/incidents", params={"limit": 100, "sort_by": "created_at:desc"}).json()
        assert document.faults("GET", "/incidents", 200, incidents) == []


def test_a_wrong_answer_would_be_noticed(document: Document) -> None:
    """The corrections do not make the document accept everything."""
    frame = {"limit": 25, "offset": 0, "more": False, "total": None}
    for wrong in (
        {"log_entries": [{"type": "shouted_log_entry"}]},
        {"log_entries": "none"},
        {"log_entries": [{"type": "notify_log_entry", "created_at": 5}]},
    ):
        assert document.faults("GET", "/log_entries", 200, frame | wrong)


def test_every_correction_has_a_reason() -> None:
    assert all(len(correction.reason) > 30 for correction in CORRECTIONS)
