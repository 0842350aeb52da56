"""Faults on demand, and what is told about the calls."""

import time

import httpx
import pytest

from sandbox.pagerduty.account import CHECKOUT
from toban.sandbox.pagerduty import World


def order(api: httpx.Client, kind: str, **more: object) -> None:
    assert api.post("/_sandbox/faults", json={"kind": kind, **more}).status_code == 201


def test_calls_are_counted_by_route_and_neither_the_page_nor_this_counts(api: httpx.Client) -> None:
    for path in ("/users/UAIKO", "/users/UBEN", "/users", "/", "/_sandbox/faults"):
        api.get(path)
    assert api.get("/_sandbox/calls").json() == {"GET /users/{key}": 2, "GET /users": 1}


def test_a_refused_call_counts_too(api: httpx.Client) -> None:
    order(api, "429")
    assert api.get("/users").status_code == 429
    assert api.get("/_sandbox/calls").json() == {"GET /users": 1}


def test_429_comes_with_headers_and_body_or_without(api: httpx.Client) -> None:
    order(api, "429")
    told = api.get("/users")
    assert (told.status_code, told.json()["error"]["code"], told.headers["ratelimit-reset"]) == (
        429,
        2020,
        "1",
    )
    order(api, "429-bare")
    bare = api.get("/users")
    assert (bare.status_code, bare.content) == (429, b"")
    assert "ratelimit-reset" not in bare.headers


def test_a_fault_strikes_as_often_as_ordered_and_only_below_its_path(api: httpx.Client) -> None:
    order(api, "500", times=2, path="/users")
    assert api.get("/teams").status_code == 200
    assert [api.get("/users").status_code for _ in range(3)] == [500, 500, 200]


def test_a_cut_answer_is_no_json(api: httpx.Client) -> None:
    order(api, "cut")
    cut = api.get("/users")
    assert cut.status_code == 200
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        cut.json()


def test_a_dropped_connection_ends_in_the_middle(api: httpx.Client) -> None:
    order(api, "drop")
    with pytest.raises(httpx.RemoteProtocolError):
        api.get("/users")


def test_a_slow_answer_trickles_and_latency_delays_every_call(api: httpx.Client) -> None:
    order(api, "slow", seconds=0.3)
    began = time.monotonic()
    assert api.get("/users").json()["users"]
    assert time.monotonic() - began >= 0.3
    api.post("/_sandbox/latency", json={"ms": 150})
    began = time.monotonic()
    api.get("/users")
    assert time.monotonic() - began >= 0.15


def test_silence_outlasts_an_impatient_client(api: httpx.Client) -> None:
    order(api, "timeout", seconds=0.6)
    with pytest.raises(httpx.ReadTimeout):
        api.get("/users", timeout=0.2)


def test_an_unknown_fault_is_refused(api: httpx.Client) -> None:
    assert api.post("/_sandbox/faults", json={"kind": "earthquake"}).status_code == 400


def test_a_believable_incident_is_triggered_on_the_service_asked_for(api: httpx.Client, world: World) -> None:
    created = api.post("/_sandbox/incidents", json={"service": "Checkout", "severity": "critical"})
    incident = created.json()["incident"]
    assert (created.status_code, incident["service"]["id"], incident["urgency"]) == (201, CHECKOUT, "high")
    assert world.alerts[incident["id"]]
    assert api.post("/_sandbox/incidents", json={"service": "Nowhere"}).status_code == 400


def test_time_can_be_let_pass(api: httpx.Client, world: World) -> None:
    api.post("/_sandbox/incidents", json={"service": "Checkout"})
    assert api.post("/_sandbox/tick").json() == {"carried_out": 0}
    (incident,) = world.incidents.open()
    incident["pending_actions"][0]["at"] = "2026-01-01T00:00:00Z"
    assert api.post("/_sandbox/tick").json() == {"carried_out": 1}
