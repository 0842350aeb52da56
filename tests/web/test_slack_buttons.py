"""Slack's presses over HTTP: signed and fresh they are written down; anything else is a bare number."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from domain.presses.payloads import pressed, submitted
from sandbox_server import running
from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.ledger import Ledger
from toban.clients.slack import Slack
from toban.domain.presses.values import About
from toban.errors import LedgerError, SettingsError
from toban.web.receivers import create_receivers
from toban.web.slack_buttons import LIMIT, Buttons, router, signature
from waiting import wait_until

SECRET = "a-secret-of-slack"
NOW = 1_764_007_200


@dataclass
class Receiver:
    """The app on a port of its own, with a wake that is counted."""

    ledger: Ledger
    url: str = ""
    secret: str | None = SECRET
    woken: int = 0
    trouble: Exception | None = None

    def wake(self) -> bool:
        self.woken += 1
        if self.trouble:
            raise self.trouble
        return True

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value.encode("latin-1") for name, value in headers.items()}
        return httpx.post(f"{self.url}/slack", content=body, headers=named)

    def deliver(self, payload: Any, *, at: int = NOW) -> httpx.Response:
        return self.send(urlencode({"payload": json.dumps(payload)}).encode(), at=at)

    def send(self, body: bytes, *, at: int = NOW) -> httpx.Response:
        signed = signature(SECRET, str(at), body)
        return self.post(body, x_slack_signature=signed, x_slack_request_timestamp=str(at))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox() as running:
        yield running


@contextmanager
def receiving(ledger: Ledger, sandbox: SlackSandbox) -> Iterator[Receiver]:
    made = Receiver(ledger)
    buttons = Buttons(ledger, Slack("xoxb-test", f"{sandbox.url}/api/", timeout_s=2), made.wake)
    with running(create_receivers([router(lambda: made.secret, lambda: buttons, lambda: NOW)])) as made.url:
        yield made


@pytest.fixture
def receiver(tmp_path: Path, sandbox: SlackSandbox) -> Iterator[Receiver]:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.migrate()
    with receiving(ledger, sandbox) as made:
        yield made


def waiting(receiver: Receiver) -> list[str]:
    return [press.key for press in receiver.ledger.presses.pending(datetime.fromtimestamp(NOW, UTC))]


def test_a_press_is_written_down_answered_with_nothing_and_wakes_a_pass(receiver: Receiver) -> None:
    answer = receiver.deliver(pressed("toban_acknowledge"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert waiting(receiver) == ["acknowledge:Q1:0"]
    wait_until(lambda: receiver.woken == 1)


def test_slack_resending_it_wakes_nobody_again(receiver: Receiver) -> None:
    assert [receiver.deliver(pressed("toban_acknowledge")).status_code for _ in range(3)] == [200] * 3
    assert len(waiting(receiver)) == 1
    wait_until(lambda: receiver.woken == 1)


def test_what_is_not_tobans_is_answered_and_forgotten(receiver: Receiver) -> None:
    assert receiver.deliver(pressed("another_apps")).status_code == 200
    assert (waiting(receiver), receiver.woken) == ([], 0)


def test_the_signature_is_slacks() -> None:
    body = b"payload=%7B%7D"
    assert SignatureVerifier(SECRET).generate_signature(timestamp="5", body=body) == signature(
        SECRET, "5", body
    )


@pytest.mark.parametrize("off", [-301, 301])
def test_one_that_is_old_or_of_the_future_is_refused(receiver: Receiver, off: int) -> None:
    assert receiver.deliver(pressed("toban_acknowledge"), at=NOW + off).status_code == 401
    assert receiver.deliver(pressed("toban_acknowledge"), at=NOW - off // 301 * 299).status_code == 200


def test_unsigned_and_wrongly_signed_ones_are_refused_and_nothing_happens(receiver: Receiver) -> None:
    body = urlencode({"payload": json.dumps(pressed("toban_acknowledge"))}).encode()
    right = signature(SECRET, str(NOW), body)
    for headers in (
        {},
        {"x_slack_signature": right},
        {"x_slack_request_timestamp": str(NOW)},
        {"x_slack_signature": right, "x_slack_request_timestamp": str(NOW + 1)},
        {"x_slack_signature": right, "x_slack_request_timestamp": "²"},
        {"x_slack_signature": right, "x_slack_request_timestamp": "9" * 400},
        {"x_slack_signature": signature("other", str(NOW), body), "x_slack_request_timestamp": str(NOW)},
    ):
        answer = receiver.post(body, **headers)
        assert (answer.status_code, answer.content) == (401, b"")
    assert (waiting(receiver), receiver.woken) == ([], 0)


def test_a_huge_body_is_refused(receiver: Receiver) -> None:
    assert receiver.send(b"payload=" + b"x" * LIMIT).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"payload=",
        b"payload=%7B",
        b"payload=[]",
        b"payload=1",
        b"payload={}&payload={}",
        b"\xff\xfe",
        b"payload=" + b"[" * 100_000,
        b"&".join(b"a=1" for _ in range(1000)),
        b"payload=" + quote('{"type":"\\ud800"}').encode(),
    ],
)
def test_a_malformed_one_is_refused(receiver: Receiver, body: bytes) -> None:
    answer = receiver.send(body)
    assert (answer.status_code, answer.content) == (400, b"")


def test_without_a_secret_nothing_is_believed(receiver: Receiver) -> None:
    receiver.secret = None
    assert receiver.deliver(pressed("toban_acknowledge")).status_code == 503
    assert waiting(receiver) == []


def test_where_it_cannot_be_written_down_slack_hears_no(tmp_path: Path, sandbox: SlackSandbox) -> None:
    without_tables = Ledger(f"sqlite:///{tmp_path / 'empty.db'}")
    with receiving(without_tables, sandbox) as receiver:
        answer = receiver.deliver(pressed("toban_acknowledge"))
        assert (answer.status_code, answer.content, receiver.woken) == (503, b"", 0)


@pytest.mark.parametrize("trouble", [LedgerError("x"), SettingsError("x")])
def test_a_wake_that_fails_takes_nothing_back(receiver: Receiver, trouble: Exception) -> None:
    receiver.trouble = trouble
    assert receiver.deliver(pressed("toban_acknowledge")).status_code == 200
    wait_until(lambda: receiver.woken == 1)
    assert len(waiting(receiver)) == 1


def test_the_note_button_opens_a_dialog_and_its_text_is_written_down(
    receiver: Receiver, sandbox: SlackSandbox
) -> None:
    trigger = sandbox.workspace.views.trigger(sandbox.workspace.user_id("aiko@example.com"))
    about = About("Q1", 0, language="ja").packed()
    asked = pressed("toban_note", about) | {"trigger_id": trigger}
    assert (receiver.deliver(asked).status_code, receiver.woken) == (200, 0)
    view = sandbox.workspace.views.shown_to(sandbox.workspace.user_id("aiko@example.com"))
    assert view is not None
    assert view["title"]["text"] == "PagerDutyへのメモ"
    assert receiver.deliver(submitted("満杯", view["private_metadata"])).content == b""
    assert len(waiting(receiver)) == 1


def test_a_blank_note_is_said_beside_the_field(receiver: Receiver) -> None:
    answer = receiver.deliver(submitted(" ", About("Q1", 0).packed())).json()
    assert answer == {"response_action": "errors", "errors": {"note": "Write what shall be noted."}}
    assert waiting(receiver) == []


def test_a_dialog_that_cannot_be_opened_is_told_to_slack(receiver: Receiver) -> None:
    assert receiver.deliver(pressed("toban_note") | {"trigger_id": "9.unknown"}).status_code == 503


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from(["user", "actions", "view", "type", "trigger_id", "response_url", "message"]),
    st.sampled_from([pressed("toban_acknowledge"), submitted("x", About("Q1", 0).packed())]),
)
def test_no_signed_payload_breaks_it(
    receiver: Receiver, odd: Any, name: str, payload: dict[str, Any]
) -> None:
    assert receiver.deliver(payload | {name: odd}).status_code in {200, 400}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_signed_bytes_break_it(receiver: Receiver, body: bytes) -> None:
    assert receiver.send(body).status_code in {200, 400}
