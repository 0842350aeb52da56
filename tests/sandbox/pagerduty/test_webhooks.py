"""Webhooks: signed, repeated until taken, in order, given up in the end."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import orjson
import pytest

from sandbox.pagerduty.account import AIKO, BATCH, CHECKOUT, Clock, small_world, triggered
from sandbox.pagerduty.conftest import HEADERS
from sandbox_server import running
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.edits import annotate
from toban.sandbox.pagerduty.life.statuses import acknowledge, resolve
from toban.sandbox.pagerduty.webhooks.delivery import Courier
from toban.sandbox.pagerduty.webhooks.subscriptions import listening, subscribe
from waiting import wait_until

EVENTS = [
    "incident.triggered",
    "incident.acknowledged",
    "incident.annotated",
    "incident.resolved",
    "pagey.ping",
]


class Receiver:
    """A subscriber that answers with the statuses it was given, then with 202."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.url = ""
        self.delay_s = 0.0

    def events(self) -> list[dict]:
        return [orjson.loads(body)["event"] for _, body in self.heard]


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    receiver = Receiver(*statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(receiver.delay_s)
            receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 202)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # the courier knocks with many hands at once

    server = Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def delivering(world: World, *pauses: float) -> Iterator[Courier]:
    courier = Courier(world, retry_after_s=pauses, timeout_s=1)
    courier.start()
    try:
        yield courier
    finally:
        courier.stop()


def subscription(world: World, url: str, kind: str = "account_reference", key: str | None = None) -> dict:
    asked = {"delivery_method": {"url": url}, "events": EVENTS, "filter": {"type": kind, "id": key}}
    return subscribe(world, asked)


@pytest.fixture
def world() -> World:
    return small_world(Clock())


def test_a_webhook_is_signed_with_the_subscriptions_secret(world: World) -> None:
    with receiving() as receiver, delivering(world):
        wanted = subscription(world, receiver.url)
        triggered(world)
        wait_until(lambda: len(receiver.heard) == 1)
    headers, body = receiver.heard[0]
    expected = hmac.new(wanted["delivery_method"]["secret"].encode(), body, hashlib.sha256).hexdigest()
    assert headers["x-pagerduty-signature"] == f"v1={expected}"


def test_it_says_number_and_assignees_and_nothing_of_the_alert(world: World) -> None:
    with receiving() as receiver, delivering(world):
        subscription(world, receiver.url)
        incident = triggered(world)
        wait_until(lambda: len(receiver.heard) == 1)
    (event,) = receiver.events()
    assert (event["event_type"], event["resource_type"]) == ("incident.triggered", "incident")
    assert event["data"]["number"] == incident["incident_number"]
    assert [person["id"] for person in event["data"]["assignees"]] == [AIKO]
    assert "incident_number" not in event["data"]
    assert "web-1" not in str(event)


def test_events_of_an_incident_arrive_in_order_with_their_agent(world: World) -> None:
    aiko = by_user(world.directory.find("users", AIKO) or {})
    with receiving() as receiver, delivering(world):
        subscription(world, receiver.url)
        incident = triggered(world)
        for change in (acknowledge, resolve):
            with world.changing():
                change(world, incident, aiko)
        with world.changing():
            annotate(world, incident, "Done", aiko)
        wait_until(lambda: len(receiver.heard) == 4)
    events = receiver.events()
    assert [event["event_type"].split(".")[1] for event in events] == [
        "triggered",
        "acknowledged",
        "resolved",
        "annotated",
    ]
    assert events[1]["agent"]["id"] == AIKO
    assert events[3]["data"]["content"] == "Done"


@pytest.mark.parametrize("failure", [500, 503, 429])
def test_a_failed_delivery_is_repeated_under_the_same_id(world: World, failure: int) -> None:
    with receiving(failure, failure) as receiver, delivering(world, 0.01, 0.01) as courier:
        subscription(world, receiver.url)
        triggered(world)
        wait_until(lambda: len(receiver.heard) == 3 and not courier.waiting)
    assert len({headers["x-webhook-id"] for headers, _ in receiver.heard}) == 1


def test_a_refused_delivery_is_dropped_at_once(world: World) -> None:
    with receiving(404) as receiver, delivering(world, 0.01) as courier:
        wanted = subscription(world, receiver.url)
        triggered(world)
        wait_until(lambda: bool(receiver.heard) and not courier.waiting)
        time.sleep(0.05)
    assert len(receiver.heard) == 1
    assert not wanted["delivery_method"]["temporarily_disabled"]


def test_three_drops_in_a_row_disable_the_subscription(world: World) -> None:
    with receiving(400, 400, 202, 400, 400, 400) as receiver, delivering(world) as courier:
        wanted = subscription(world, receiver.url)
        for number in range(5):
            triggered(world, title=str(number))
            wait_until(lambda: not courier.waiting)
        assert not wanted["delivery_method"]["temporarily_disabled"]
        triggered(world, title="last")
        wait_until(lambda: wanted["delivery_method"]["temporarily_disabled"])
        triggered(world, title="unheard")
    assert len(receiver.heard) == 6


def test_an_enabled_subscription_hears_again_and_what_was_missed_is_gone(world: World) -> None:
    with receiving(400, 400, 400) as receiver, running(create_app(world, ticking=False)) as url:
        wanted = subscription(world, receiver.url)
        for number in range(3):
            triggered(world, title=str(number))
        wait_until(lambda: wanted["delivery_method"]["temporarily_disabled"])
        triggered(world, title="missed")
        httpx.post(f"{url}/webhook_subscriptions/{wanted['id']}/enable", headers=HEADERS).raise_for_status()
        heard = triggered(world, title="heard")
        wait_until(lambda: len(receiver.heard) == 4)
    assert receiver.events()[-1]["data"]["id"] == heard["id"]


def test_a_filter_only_lets_its_own_service_through(world: World) -> None:
    mine = subscription(world, "http://127.0.0.1:9/", "service_reference", CHECKOUT)
    assert list(listening(world, "incident.triggered", triggered(world, CHECKOUT))) == [mine]
    assert list(listening(world, "incident.triggered", triggered(world, BATCH))) == []
    assert list(listening(world, "incident.escalated", triggered(world, CHECKOUT, "other"))) == []


def test_the_secret_is_shown_once_and_a_ping_is_sent() -> None:
    world = small_world()
    with receiving() as receiver, running(create_app(world, ticking=False)) as url:
        api = httpx.Client(base_url=url, headers=HEADERS)
        headers = [{"name": "X-Team", "value": "payments"}]
        asked = {
            "type": "webhook_subscription",
            "delivery_method": {
                "type": "http_delivery_method",
                "url": receiver.url,
                "custom_headers": headers,
            },
            "events": EVENTS,
            "filter": {"type": "account_reference"},
        }
        created = api.post("/webhook_subscriptions", json={"webhook_subscription": asked})
        key = created.json()["webhook_subscription"]["id"]
        assert created.status_code == 201
        assert created.json()["webhook_subscription"]["delivery_method"]["secret"]
        shown = api.get(f"/webhook_subscriptions/{key}").json()["webhook_subscription"]["delivery_method"]
        assert shown["secret"] is None
        assert shown["custom_headers"][0]["value"] != "payments"
        assert api.post(f"/webhook_subscriptions/{key}/ping").status_code == 202
        wait_until(lambda: len(receiver.heard) == 1)
        assert receiver.events()[0]["event_type"] == "pagey.ping"
        assert receiver.heard[0][0]["x-team"] == "payments"
        world.subscriptions[key]["delivery_method"]["temporarily_disabled"] = True
        enabled = api.post(f"/webhook_subscriptions/{key}/enable").json()["webhook_subscription"]
        assert enabled["delivery_method"]["temporarily_disabled"] is False
        assert api.delete(f"/webhook_subscriptions/{key}").status_code == 204
        assert api.get(f"/webhook_subscriptions/{key}").status_code == 404
        broken = asked | {"delivery_method": {"url": "ftp://x"}}
        assert api.post("/webhook_subscriptions", json={"webhook_subscription": broken}).status_code == 400
        api.close()
