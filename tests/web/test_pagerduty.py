"""A webhook wakes a run or is refused; PagerDuty hears 2xx only where a run is queued."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox_server import running
from toban.sandbox.pagerduty.webhooks.payloads import ping
from toban.web.pagerduty import LIMIT, router
from toban.web.receivers import HEADERS, create_receivers
from toban.web.signatures import signature

SECRET = "a-secret-of-pagerduty"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def body(kind: str = "incident.triggered", age: timedelta = timedelta(seconds=1)) -> bytes:
    event = {"id": "01", "event_type": kind, "occurred_at": (NOW - age).isoformat(), "data": {"id": "Q1"}}
    return json.dumps({"event": event}).encode()


@dataclass
class Receiver:
    """The app on a port of its own, with a wake that is counted."""

    url: str = ""
    secrets: list[str] = field(default_factory=lambda: [SECRET])
    can_wake: bool = True
    woken: int = 0

    def wake(self) -> bool:
        self.woken += 1
        return self.can_wake

    def post(self, content: bytes, *signatures: str, path: str = "/pagerduty") -> httpx.Response:
        headers = [(b"x-pagerduty-signature", each.encode("latin-1")) for each in signatures]
        return httpx.post(self.url + path, content=content, headers=headers)

    def deliver(self, content: bytes) -> httpx.Response:
        return self.post(content, signature(SECRET, content))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    with running(create_receivers([router(lambda: made.secrets, made.wake, lambda: NOW)])) as made.url:
        yield made


def test_a_signed_webhook_wakes_a_run(receiver: Receiver) -> None:
    answer = receiver.deliver(body())
    assert (answer.status_code, answer.content, receiver.woken) == (202, b"", 1)


def test_the_signature_is_that_of_pagerduty_s_documentation() -> None:
    """HMAC-SHA256 in hex, of an example worked out with openssl."""
    wanted = "v1=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert signature("key", b"The quick brown fox jumps over the lazy dog") == wanted


def test_where_no_run_can_be_queued_pagerduty_must_come_again(receiver: Receiver) -> None:
    receiver.can_wake = False
    assert receiver.deliver(body()).status_code == 503


def test_the_same_webhook_again_is_taken_again(receiver: Receiver) -> None:
    assert [receiver.deliver(body()).status_code for _ in range(2)] == [202, 202]


@pytest.mark.parametrize("kind", ["incident.annotated", "incident.responder.added", "incident.of_the_future"])
def test_whatever_happens_to_an_incident_wakes(receiver: Receiver, kind: str) -> None:
    assert (receiver.deliver(body(kind)).status_code, receiver.woken) == (202, 1)


def test_a_ping_is_answered_and_wakes_nobody(receiver: Receiver) -> None:
    content = json.dumps(ping("01", NOW.isoformat())).encode()
    assert (receiver.deliver(content).status_code, receiver.woken) == (202, 0)


def test_any_of_several_secrets_signs_for_any_of_several_signatures(receiver: Receiver) -> None:
    receiver.secrets = ["the-new-one", SECRET]
    content = body()
    old, foreign = signature(SECRET, content), signature("another's", content)
    assert receiver.post(content, f"{foreign},{old}").status_code == 202
    assert receiver.post(content, f"{old} , {foreign}").status_code == 202
    assert receiver.post(content, foreign, old).status_code == 202, "in a header of its own"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda _: [],
        lambda _: [""],
        lambda right: [right.removeprefix("v1=")],
        lambda right: [right.replace("v1=", "v2=")],
        lambda right: [right[:-1]],
        lambda right: [right.upper()],
        lambda _: [signature("another's", body())],
        lambda _: [signature("", body())],
        lambda _: [signature(SECRET, body() + b" ")],
        lambda _: ["v1=é" + "0" * 63],
        lambda right: [",".join(["v1=00"] * 20 + [right])],
    ],
    ids=["none", "empty", "bare", "v2", "cut", "upper", "foreign", "empty secret", "other body", "é", "21st"],
)
def test_what_is_not_signed_is_refused_and_wakes_nobody(
    receiver: Receiver, wrong: Callable[[str], list[str]]
) -> None:
    content = body()
    answer = receiver.post(content, *wrong(signature(SECRET, content)))
    assert (answer.status_code, answer.content, receiver.woken) == (401, b"", 0)


def test_an_unsigned_body_is_refused_before_it_is_read_as_json(receiver: Receiver) -> None:
    assert receiver.post(b"{").status_code == 401


def test_without_a_secret_nothing_is_taken_and_nothing_dropped(receiver: Receiver) -> None:
    receiver.secrets = []
    content = body()
    assert receiver.post(content, signature("", content)).status_code == 503
    assert receiver.woken == 0


@pytest.mark.parametrize(("age", "status"), [(timedelta(hours=49), 202), (timedelta(hours=51), 400)])
def test_an_event_older_than_pagerduty_tries_is_refused(
    receiver: Receiver, age: timedelta, status: int
) -> None:
    assert receiver.deliver(body(age=age)).status_code == status
    assert receiver.woken == (status == 202)


def test_a_huge_body_is_refused_and_one_of_256_kilobytes_is_not(receiver: Receiver) -> None:
    assert receiver.deliver(body() + b" " * 256 * 1024).status_code == 202
    assert receiver.deliver(body() + b" " * LIMIT).status_code == 413
    assert receiver.woken == 1


@pytest.mark.parametrize(
    "malformed",
    [
        b"",
        b"{",
        b"[]",
        b'"event"',
        b"null",
        b'{"event": null}',
        b'{"event": []}',
        b'{"event": {"event_type": "incident.triggered"}}',
        b'{"event": {"event_type": 1, "occurred_at": "2026-11-20T03:00:00Z"}}',
        b'{"event": {"event_type": "incident.triggered", "occurred_at": 1}}',
        b'{"event": {"event_type": "incident.triggered", "occurred_at": "yesterday"}}',
        b'{"event": {"event_type": "incident.triggered", "occurred_at": "2026-11-20T03:00:00"}}',
        b'{"event": {"event_type": "incident.triggered", "occurred_at": "0001-01-01T00:00:00+14:00"}}',
        b"[" * 200_000,
        b"\xff\xfe",
    ],
)
def test_a_signed_body_that_holds_no_event_is_malformed(receiver: Receiver, malformed: bytes) -> None:
    answer = receiver.deliver(malformed)
    assert (answer.status_code, answer.content, receiver.woken) == (400, b"", 0)


def test_every_answer_carries_the_security_headers(receiver: Receiver) -> None:
    for answer in (receiver.deliver(body()), receiver.post(b""), receiver.post(b"", path="/elsewhere")):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
