"""Socket Mode, met with Slack's own client: clicks come over a WebSocket and are acknowledged there."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox.slack.test_interactivity import AIKO, VIEW, Listener, listener, press, ts
from sandbox.slack.test_messages import refusal
from toban.sandbox.slack import Workspace, sockets
from waiting import wait_until

__all__ = ["listener", "ts"]  # fixtures

pytestmark = pytest.mark.slow  # Slack's client takes three seconds to close a connection


class App:
    """An app in Socket Mode; `answer` goes with its acknowledgements, None: it stays silent."""

    def __init__(self, url: str, answer: dict[str, Any] | None) -> None:
        self.answer = answer
        self.heard: list[SocketModeRequest] = []
        self.hellos = 0
        self.client = SocketModeClient(
            "xapp-test", web_client=WebClient(base_url=f"{url}/api/"), ping_interval=0.2
        )
        self.client.message_listeners.append(self._greet)
        self.client.socket_mode_request_listeners.append(self._hear)

    def _greet(self, _client: BaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        self.hellos += message.get("type") == "hello"

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.answer is not None:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.answer))


@contextmanager
def connected(url: str, answer: dict[str, Any] | None) -> Iterator[App]:
    """The app after Slack's greeting."""
    app = App(url, answer)
    app.client.connect()
    try:
        wait_until(lambda: app.hellos == 1)
        yield app
    finally:
        # `close` leaves the thread that receives running, and waits a second for another one.
        app.client.current_session_state.terminated = True
        app.client.current_session_runner.event.set()
        app.client.message_queue.put("")
        app.client.close()


def told(sandbox: httpx.Client) -> dict[str, int]:
    numbers: dict[str, int] = sandbox.get("/_sandbox/socket-mode").json()
    return numbers


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's three seconds are half a second here."""
    monkeypatch.setattr(sockets, "PATIENCE_S", 0.5)


def test_a_click_comes_over_the_socket_and_not_to_the_address(
    listener: Listener, sandbox: httpx.Client, url: str, ts: str
) -> None:
    with connected(url, {}) as app:
        assert press(sandbox, ts)["ok"]
        (request,) = app.heard
    assert (request.type, request.accepts_response_payload) == ("interactive", False)
    assert (request.payload["type"], request.payload["actions"][0]["value"]) == ("block_actions", "PINC1")
    assert request.payload["message"]["ts"] == ts
    assert listener.payloads == []
    wait_until(lambda: told(sandbox)["connections"] == 0)
    assert press(sandbox, ts)["ok"]
    assert len(listener.payloads) == 1


def test_an_acknowledgement_may_answer_a_submitted_dialog(
    sandbox: httpx.Client, slack: WebClient, url: str, ts: str
) -> None:
    with connected(url, {}) as app:
        press(sandbox, ts)
        view = slack.views_open(trigger_id=app.heard[0].payload["trigger_id"], view=VIEW)["view"]
        app.answer = {"response_action": "errors", "errors": {"why": "too short"}}
        form = {"view": view["id"], "user": AIKO, "why\ttext": "x"}
        assert sandbox.post("/_sandbox/submit", data=form).json()["errors"] == {"why": "too short"}
        assert app.heard[1].accepts_response_payload


@pytest.mark.usefixtures("hurried")
def test_a_click_nobody_acknowledges_is_told_to_who_clicked(sandbox: httpx.Client, url: str, ts: str) -> None:
    with connected(url, None) as app:
        answer = press(sandbox, ts)
        assert (answer["ok"], answer["status"]) == (False, 0)
        assert len(app.heard) == 1
    assert told(sandbox)["lost"] == 1


@pytest.mark.usefixtures("hurried")
def test_an_unacknowledged_click_is_sent_again_on_another_connection(
    sandbox: httpx.Client, url: str, ts: str
) -> None:
    with ExitStack() as apps:
        silent, lively = (apps.enter_context(connected(url, answer)) for answer in (None, {}))
        assert all(press(sandbox, ts)["ok"] for _ in range(2))  # connections take turns
        assert len(silent.heard) == 1
        assert silent.heard[0].envelope_id in {request.envelope_id for request in lively.heard}
        assert told(sandbox) == {"connections": 2, "acknowledged": 2, "resent": 1, "lost": 0}


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", ""])
def test_slacks_client_comes_back_after_a_disconnect(
    sandbox: httpx.Client, url: str, ts: str, reason: str
) -> None:
    with connected(url, {}) as app:
        sandbox.post("/_sandbox/socket-mode/disconnect", json={"reason": reason}).raise_for_status()
        wait_until(lambda: app.hellos == 2 and told(sandbox)["connections"] == 1)
        assert press(sandbox, ts)["ok"]
        assert len(app.heard) == 1


def test_an_unknown_reason_is_refused(sandbox: httpx.Client) -> None:
    assert sandbox.post("/_sandbox/socket-mode/disconnect", json={"reason": "bored"}).status_code == 422


def test_only_an_app_level_token_with_its_scope_opens_a_connection(
    url: str, slack: WebClient, workspace: Workspace
) -> None:
    assert refusal(slack.apps_connections_open, app_token="xoxb-test") == "not_allowed_token_type"
    assert refusal(slack.apps_connections_open, app_token="xapp-invalid") == "invalid_auth"
    assert refusal(WebClient("xapp-test", base_url=f"{url}/api/").auth_test) == "not_allowed_token_type"
    workspace.app_scopes.clear()
    assert refusal(slack.apps_connections_open, app_token="xapp-test") == "missing_scope"


def test_an_address_admits_one_connection(url: str, slack: WebClient) -> None:
    address = slack.apps_connections_open(app_token="xapp-test")["url"]
    assert address.startswith(url.replace("http", "ws") + "/link/?ticket=")
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    asked |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    knock = address.replace("ws", "http", 1)
    with httpx.stream("GET", knock, headers=asked) as first:
        assert first.status_code == 101
        assert httpx.get(knock, headers=asked).status_code == 403
