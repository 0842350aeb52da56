"""A storm: a thousand incidents within seconds, each told by webhook, while the API goes on answering."""

from collections import defaultdict

import httpx
import orjson
import pytest

from sandbox.pagerduty.account import AIKO, CHECKOUT, small_world, triggered
from sandbox.pagerduty.conftest import HEADERS
from sandbox.pagerduty.test_webhooks import delivering, receiving, subscription
from sandbox_server import running
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.statuses import acknowledge, resolve
from toban.sandbox.pagerduty.webhooks.delivery import WORKERS
from toban.sandbox.pagerduty.webhooks.lanes import Delivery, Lanes
from waiting import wait_until


def test_a_storm_blows_in_the_background_and_says_how_far_it_is(api: httpx.Client, world: World) -> None:
    order = {"count": 30, "seconds": 0.3, "service": CHECKOUT, "titles": ["Disk full", "Queue grows"]}
    began = api.post("/_sandbox/storm", json=order)
    assert (began.status_code, began.json()["count"]) == (202, 30)
    assert began.json()["created"] < 30
    assert api.post("/_sandbox/storm", json=order).status_code == 400
    wait_until(lambda: api.get("/_sandbox/storm").json()["created"] == 30)
    titles = [incident["title"] for incident in world.incidents]
    assert (titles[0], titles[1], titles[29]) == ("Disk full 0001", "Queue grows 0002", "Queue grows 0030")
    assert len(set(titles)) == 30
    assert api.get("/_sandbox/storm").json()["incident_ids"] == [one["id"] for one in world.incidents]


@pytest.mark.parametrize(
    "order",
    [
        {"count": 0, "seconds": 1},
        {"count": 5, "seconds": 1, "service": "nowhere"},
        {"count": 5, "seconds": 1, "colour": "grey"},
        {"count": 5},
    ],
)
def test_a_storm_that_cannot_be_is_refused(api: httpx.Client, order: dict[str, object]) -> None:
    assert api.post("/_sandbox/storm", json=order).status_code == 400


def test_without_a_storm_there_is_nothing_to_show(api: httpx.Client) -> None:
    assert api.get("/_sandbox/storm").status_code == 404


def test_slow_receivers_are_told_of_many_incidents_at_once() -> None:
    """Sixteen answers of 50 ms at a time are over 150 a second; a busy machine's clock would prove less."""
    world = small_world()
    with receiving() as receiver, delivering(world) as courier:
        receiver.delay_s = 0.3
        subscription(world, receiver.url)
        for number in range(WORKERS * 2):
            triggered(world, title=str(number))
        wait_until(lambda: len(courier.latencies) == WORKERS * 2)
    sent = [(one["sent_at"], one["answered_at"]) for one in courier.latencies]
    assert max(sum(begun <= at < over for begun, over in sent) for at, _ in sent) == WORKERS
    assert all(0.3 <= one["seconds"] <= one["answered_at"] - one["queued_at"] for one in courier.latencies)


def test_each_incidents_webhooks_keep_their_order_when_many_are_on_their_way() -> None:
    world = small_world()
    aiko = by_user(world.directory.find("users", AIKO) or {})
    with receiving(*[500] * 7) as receiver, delivering(world, *[0.01] * 9) as courier:
        receiver.delay_s = 0.005
        subscription(world, receiver.url)
        incidents = [triggered(world, title=str(number)) for number in range(40)]
        for change in (acknowledge, resolve):
            for incident in incidents:
                with world.changing():
                    change(world, incident, aiko)
        wait_until(lambda: not courier.waiting)
    told = defaultdict(list)
    for headers, body in receiver.heard:
        event = orjson.loads(body)["event"]
        if (headers["x-webhook-id"], event["event_type"]) not in told[event["data"]["id"]]:
            told[event["data"]["id"]].append((headers["x-webhook-id"], event["event_type"]))
    order = ["incident.triggered", "incident.acknowledged", "incident.resolved"]
    assert [[kind for _, kind in one] for one in told.values()] == [order] * 40


def test_the_latency_of_every_attempt_is_told() -> None:
    world = small_world()
    with receiving(503) as receiver, running(create_app(world, ticking=False)) as url:
        api = httpx.Client(base_url=url, headers=HEADERS)
        subscription(world, receiver.url)
        incident = triggered(world)
        wait_until(lambda: api.get("/_sandbox/webhooks/waiting").json() == {"waiting": 0})
        told = api.get("/_sandbox/webhooks/latencies").json()
        api.delete("/_sandbox/webhooks/latencies")
        assert api.get("/_sandbox/webhooks/latencies").json() == []
        api.close()
    assert [(one["incident_id"], one["status"]) for one in told] == [
        (incident["id"], 503),
        (incident["id"], 202),
    ]
    assert told[0]["webhook_id"] == told[1]["webhook_id"]
    assert told[0]["queued_at"] == told[1]["queued_at"] <= told[0]["sent_at"] < told[1]["answered_at"]


def delivery(name: str, lane: str, due: float = 0.0) -> Delivery:
    return Delivery(name, "P1", lane, b"", due, 0.0)


def test_a_lane_waits_for_its_head_and_others_do_not() -> None:
    lanes, first, second, other = Lanes(), delivery("1", "a"), delivery("2", "a"), delivery("3", "b")
    for each in (first, second, other):
        lanes.add(each)
    assert [lanes.take(1.0), lanes.take(1.0), lanes.take(1.0)] == [first, other, None]
    first.due = 5.0
    lanes.again(first)
    assert (lanes.take(1.0), lanes.soonest()) == (None, 5.0)
    assert lanes.take(5.0) is first
    lanes.done(first)
    assert lanes.take(5.0) is second


def test_what_is_forgotten_while_it_is_on_its_way_holds_nobody_up() -> None:
    lanes, old, new = Lanes(), delivery("1", "a"), delivery("2", "a")
    lanes.add(old)
    assert lanes.take(1.0) is old
    lanes.forget("P1")
    lanes.add(new)
    lanes.done(old)
    lanes.again(old)
    assert [lanes.take(1.0), lanes.take(1.0), len(lanes)] == [new, None, 1]
