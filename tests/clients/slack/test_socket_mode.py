"""Presses over a WebSocket: answered once they are taken, also after Slack or the network ended it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.slack.socket_mode import SocketMode
from toban.errors import LedgerError, SlackRefused, SlackUnavailable, TobanError
from toban.sandbox.slack import sockets

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "v"}


@dataclass
class Ear:
    """What was heard; it can be out of order."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    woken: int = 0
    is_new: bool = True
    trouble: TobanError | None = None

    def hear(self, payload: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
        self.heard.append(payload)
        if self.trouble:
            raise self.trouble
        return None, self.is_new

    def wake(self) -> None:
        self.woken += 1


def soon(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "nothing happened for ten seconds"
        time.sleep(0.01)


def told(sandbox: SlackSandbox) -> dict[str, int]:
    numbers: dict[str, int] = httpx.get(f"{sandbox.url}/_sandbox/socket-mode").json()
    return numbers


def press(sandbox: SlackSandbox) -> bool:
    blocks = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]
    said = {"channel": "oncall", "text": "x", "blocks": blocks}
    token = {"Authorization": "Bearer xoxb-test"}
    ts = httpx.post(f"{sandbox.url}/api/chat.postMessage", json=said, headers=token).json()["ts"]
    form = {"channel": "oncall", "ts": ts, "action_id": "go", "user": "aiko@example.com"}
    return bool(httpx.post(f"{sandbox.url}/_sandbox/press", data=form).json()["ok"])


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox() as running:
        yield running


@contextmanager
def listening(sandbox: SlackSandbox, ear: Ear) -> Iterator[None]:
    stop = threading.Event()
    client = SocketMode("xapp-test", sandbox.url, ear.hear, ear.wake, ping_s=0.2)
    thread = threading.Thread(target=client.run, args=[stop])
    thread.start()
    try:
        soon(lambda: told(sandbox)["connections"] == 1)
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def test_a_press_is_heard_answered_and_wakes(sandbox: SlackSandbox) -> None:
    ear = Ear()
    with listening(sandbox, ear):
        assert press(sandbox)
        soon(lambda: ear.woken == 1)
    assert [each["type"] for each in ear.heard] == ["block_actions"]
    soon(lambda: told(sandbox)["connections"] == 0)


def test_what_is_no_news_wakes_nobody(sandbox: SlackSandbox) -> None:
    ear = Ear(is_new=False)
    with listening(sandbox, ear):
        assert press(sandbox)
    assert (len(ear.heard), ear.woken) == (1, 0)


def test_what_cannot_be_written_down_is_not_acknowledged(
    sandbox: SlackSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE_S", 0.5)
    ear = Ear(trouble=LedgerError("no ledger"))
    with listening(sandbox, ear):
        assert not press(sandbox)
        ear.trouble = None
        assert press(sandbox)
        soon(lambda: ear.woken == 1)


@pytest.mark.parametrize("reason", ["refresh_requested", ""])
def test_it_comes_back_when_slack_or_the_network_ends_it(sandbox: SlackSandbox, reason: str) -> None:
    ear = Ear()
    with listening(sandbox, ear):
        for _ in range(2):
            order = {"reason": reason, "close_after_s": 0.1}
            httpx.post(f"{sandbox.url}/_sandbox/socket-mode/disconnect", json=order).raise_for_status()
            soon(lambda: told(sandbox)["connections"] == 1)
            assert press(sandbox)
        soon(lambda: ear.woken == 2)


def test_a_token_that_slack_does_not_take_is_one_sentence(sandbox: SlackSandbox) -> None:
    with pytest.raises(SlackRefused, match="TOBAN_SLACK_APP_TOKEN"):
        SocketMode("xapp-invalid", sandbox.url, Ear().hear, Ear().wake).run(threading.Event())
    sandbox.workspace.app_scopes.clear()
    with pytest.raises(SlackRefused, match="connections:write"):
        SocketMode("xapp-test", sandbox.url, Ear().hear, Ear().wake).run(threading.Event())


def test_a_slack_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(SlackUnavailable, match=r"apps\.connections\.open"):
        SocketMode("xapp-test", "http://127.0.0.1:9", Ear().hear, Ear().wake).run(threading.Event())
