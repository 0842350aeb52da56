"""Monitoring tools hand their alerts in; nobody else does, and nothing is accepted that is not kept."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import intake_samples as samples
from sandbox_server import running
from toban.domain.intake import Keys, Paths
from toban.errors import LedgerError
from toban.web.intake import LIMIT, Intake, router
from toban.web.receivers import create_receivers
from waiting import wait_until

TOKEN = "tökén-of-the-tool"
INTAKES = (
    Intake("am", "alertmanager"),
    Intake("sns", "cloudwatch"),
    Intake("mackerel", "mackerel"),
    Intake("own", "generic", Paths(title="name", dedup_key="id")),
    Intake("unready", "zabbix"),
)
SUBSCRIBE = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:x&Token=0a"
DOCUMENTED = {202, 400, 401, 404, 405, 413, 503}


@dataclass
class Desk:
    """Remembers what it was given; may be out of order."""

    broken: bool = False
    kept: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    confirmations: list[tuple[str, str]] = field(default_factory=list)
    errands_due: int = 0
    errands: int = 0

    def keys(self, intake: str) -> Keys:
        return Keys(None if intake == "unready" else TOKEN, None)

    def keep(self, intake: str, events: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
        assert now.tzinfo is not None
        if self.broken:
            raise LedgerError("The ledger hush-hush cannot be used.")
        self.kept += [(intake, event) for event in events]
        self.errands_due += 1

    def confirm(self, intake: str, address: str, *, now: datetime) -> None:
        assert now.tzinfo is not None
        self.confirmations.append((intake, address))

    def send(self) -> None:
        self.errands += 1


@dataclass(frozen=True)
class Door:
    """The running app and the desk behind it."""

    url: str
    desk: Desk

    def post(self, path: str, body: object, **more: Any) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        options = {"headers": {"X-Toban-Token": TOKEN.encode()}} | more
        return httpx.post(f"{self.url}/intake/{path}", content=raw, **options)


@pytest.fixture(scope="module")
def running_door() -> Iterator[Door]:
    desk = Desk()
    with running(create_receivers([router(INTAKES, desk)])) as url:
        yield Door(url, desk)


@pytest.fixture
def door(running_door: Door) -> Door:
    desk = running_door.desk
    wait_until(lambda: desk.errands == desk.errands_due)  # those of the test before come after its answers
    desk.__init__()  # type: ignore[misc] - as new
    return running_door


def test_an_alert_is_kept_then_answered_then_sent(door: Door) -> None:
    answer = door.post("am", samples.alertmanager("firing", "db-1", "db-2"))
    assert (answer.status_code, answer.json()) == (202, {"events": 2})
    (intake, event), _ = door.desk.kept
    assert intake == "am"
    assert event["event_action"] == "trigger"
    assert event["client"] == "Prometheus Alertmanager"
    assert event["payload"]["summary"] == "DiskFull: Disk of db-1 is full"
    assert "routing_key" not in event
    wait_until(lambda: door.desk.errands == 1)  # it is sent after the answer


def test_a_tool_of_its_own_form_goes_by_its_id(door: Door) -> None:
    assert door.post("own", {"name": "Full", "id": 7}).status_code == 202
    assert door.desk.kept[0][1]["client"] == "own"


def test_what_says_nothing_about_a_problem_is_answered_and_not_kept(door: Door) -> None:
    answer = door.post("mackerel", {"event": "sample", "message": "Hello"})
    assert (answer.status_code, answer.json()) == (202, {"events": 0})
    assert (door.desk.kept, door.desk.errands) == ([], 0)


def test_what_cannot_be_kept_is_sent_again_by_the_tool(door: Door) -> None:
    door.desk.broken = True
    answer = door.post("am", samples.alertmanager("firing", "db-1"))
    assert (answer.status_code, answer.content) == (503, b"")
    assert door.desk.errands == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {TOKEN}".encode()},
        {"Authorization": f"bearer   {TOKEN}".encode()},
        {"Authorization": b"Basic " + base64.b64encode(f"toban:{TOKEN}".encode())},
        {"X-Toban-Token": TOKEN.encode()},
        {"X-Toban-Token": TOKEN.encode(), "Authorization": b"Bearer another"},
    ],
)
def test_the_token_comes_in_a_header(door: Door, headers: dict[str, bytes]) -> None:
    assert door.post("mackerel", {"event": "sample"}, headers=headers).status_code == 202


def test_the_token_comes_in_the_address_where_a_tool_knows_nothing_else(door: Door) -> None:
    assert door.post("mackerel", {"event": "x"}, headers={}, params={"token": TOKEN}).status_code == 202


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": b"Bearer"},
        {"Authorization": b"Bearer " + TOKEN[:-1].encode()},
        {"Authorization": f"Bearer {TOKEN}x".encode()},
        {"Authorization": f"Token {TOKEN}".encode()},
        {"Authorization": b"Basic " + TOKEN.encode()},
        {"Authorization": b"Basic " + base64.b64encode(f"{TOKEN}:x".encode())},
        {"Authorization": b"Basic " + base64.b64encode(b"\xff:\xff")},
        {"X-Toban-Token": b"\xff\xfe"},
        {"Cookie": b"token=" + TOKEN.encode()},
    ],
)
def test_without_the_token_nothing_is_read(door: Door, headers: dict[str, bytes]) -> None:
    answer = door.post("am", samples.alertmanager("firing", "db-1"), headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["www-authenticate"] == 'Basic realm="toban"', "SNS gives its password only then"
    assert door.desk.kept == []


def test_an_intake_without_a_token_lets_nobody_in_and_loses_nothing(door: Door) -> None:
    for headers in ({}, {"Authorization": b"Bearer"}, {"X-Toban-Token": b"None"}):
        assert door.post("unready", samples.zabbix("1"), headers=headers).status_code == 503


@pytest.mark.parametrize("path", ["unknown", "", "am/more", "AM", "%00", "..%2fam"])
def test_an_address_that_is_none_is_not_found(door: Door, path: str) -> None:
    assert door.post(path, {}).status_code == 404


def test_a_body_beyond_the_limit_is_refused(door: Door) -> None:
    assert door.post("am", b"[" + b" " * LIMIT).status_code == 413


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is no JSON"),
        (b"status=firing", "The body is no JSON"),
        (b"[" * 100_000, "The body is no JSON"),
        (b'{"name": "\\ud800"}', "The body is no JSON"),
        (b"\xff\xfe", "The body is no JSON"),
        (b"{}", "There is no text at 'name' in the body"),
        (b'{"name": ["a"]}', "There is no text at 'name' in the body"),
    ],
    ids=["empty", "form", "deep", "half a character", "no UTF-8", "no title", "no text"],
)
def test_a_body_that_is_no_alert_gets_one_sentence(door: Door, body: bytes, sentence: str) -> None:
    answer = door.post("own", body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(sentence)
    assert door.desk.kept == []


def test_sns_s_wish_to_subscribe_is_shown_to_people_and_fetched_by_nobody(door: Door) -> None:
    asked = {"Type": "SubscriptionConfirmation", "SubscribeURL": SUBSCRIBE}
    assert door.post("sns", asked).status_code == 202
    assert door.desk.confirmations == [("sns", SUBSCRIBE)]
    asked["SubscribeURL"] = f"{door.url}/fetched"
    assert door.post("sns", asked).status_code == 400
    assert len(door.desk.confirmations) == 1


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    path=st.sampled_from(["am", "sns", "mackerel", "own", "unready", "no", "%ff", "a/b"]),
    body=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.floats() | st.text(max_size=5), lambda v: st.dictionaries(st.text(max_size=5), v)
    ).map(lambda value: json.dumps(value).encode()),
    headers=st.dictionaries(
        st.sampled_from(["Authorization", "X-Toban-Token", "Content-Type", "Content-Encoding"]),
        st.sampled_from([TOKEN.encode(), b"Basic %%%", b"Bearer", b"\xe9", b"application/json", b"gzip"]),
    ),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_gets_a_documented_answer(
    running_door: Door, method: str, path: str, body: bytes, headers: dict[str, bytes]
) -> None:
    answer = httpx.request(method, f"{running_door.url}/intake/{path}", content=body, headers=headers)
    assert answer.status_code in DOCUMENTED
