"""Bad days on demand: limits, errors, cut and lost answers, and what is told about them afterwards."""

import http.client
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox_server import running
from toban.sandbox.slack import Workspace, create_app
from toban.sandbox.slack.rates import Rates


@pytest.fixture
def hasty(url: str) -> WebClient:
    """A client that gives up at once: Slack's own repeats a call whose connection was dropped."""
    return WebClient("xoxb-test", base_url=f"{url}/api/", timeout=1, retry_handlers=[])


def order(sandbox: httpx.Client, kind: str, **more: Any) -> None:
    sandbox.post(
        "/_sandbox/faults", json={"kind": kind, "path": "chat.postMessage", **more}
    ).raise_for_status()


def said(sandbox: httpx.Client) -> list[str]:
    return [
        message["text"] for message in sandbox.get("/_sandbox/messages", params={"channel": "oncall"}).json()
    ]


@pytest.mark.parametrize(
    ("kind", "trouble", "stored"),
    [
        ("lost", (ConnectionError, http.client.RemoteDisconnected), ["x"]),
        ("cut", http.client.IncompleteRead, ["x"]),
        ("lost500", SlackApiError, ["x"]),
        ("500", SlackApiError, []),
        ("429", SlackApiError, []),
        ("timeout", TimeoutError, []),
    ],
)
def test_a_fault_strikes_once_and_leaves_what_it_says(
    hasty: WebClient, sandbox: httpx.Client, kind: str, trouble: Any, stored: list[str]
) -> None:
    order(sandbox, kind)
    with pytest.raises(trouble):
        hasty.chat_postMessage(channel="oncall", text="x")
    assert said(sandbox) == stored
    assert hasty.chat_postMessage(channel="oncall", text="y")["ok"]


def test_slacks_own_client_posts_twice_when_an_answer_is_lost(
    slack: WebClient, sandbox: httpx.Client
) -> None:
    order(sandbox, "lost")
    slack.chat_postMessage(channel="oncall", text="x")
    assert said(sandbox) == ["x", "x"]


def test_a_429_carries_retry_after_and_an_error_any_code(hasty: WebClient, sandbox: httpx.Client) -> None:
    order(sandbox, "429", seconds=7)
    order(sandbox, "error", error="fatal_error")
    codes = []
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            hasty.chat_postMessage(channel="oncall", text="x")
        codes.append((caught.value.response["error"], caught.value.response.headers.get("retry-after")))
    assert codes == [("ratelimited", "7"), ("fatal_error", None)]


def test_a_fault_meets_only_its_method_and_can_be_called_off(slack: WebClient, sandbox: httpx.Client) -> None:
    order(sandbox, "500", times=9)
    assert slack.auth_test()["ok"]
    sandbox.delete("/_sandbox/faults")
    assert slack.chat_postMessage(channel="oncall", text="x")["ok"]


def test_a_slow_answer_comes_all_the_same(slack: WebClient, sandbox: httpx.Client) -> None:
    order(sandbox, "slow", seconds=0.1)
    assert slack.chat_postMessage(channel="oncall", text="x")["ok"]
    sandbox.post("/_sandbox/latency", json={"ms": 50})
    assert slack.auth_test()["ok"]


def test_calls_are_counted_also_those_that_failed(hasty: WebClient, sandbox: httpx.Client) -> None:
    order(sandbox, "500")
    with pytest.raises(SlackApiError):
        hasty.chat_postMessage(channel="oncall", text="x")
    hasty.auth_test()
    assert sandbox.get("/_sandbox/calls").json() == {"chat.postMessage": 1, "auth.test": 1}


def test_an_unknown_fault_or_mode_is_refused(sandbox: httpx.Client) -> None:
    assert sandbox.post("/_sandbox/faults", json={"kind": "earthquake"}).status_code == 422
    assert sandbox.post("/_sandbox/rates", json={"mode": "warp"}).status_code == 422


def test_realistic_rates_let_a_short_burst_through_and_then_ask_to_wait(workspace: Workspace) -> None:
    with running(create_app(workspace, rates="realistic")) as url:
        client = WebClient("xoxb-1", base_url=f"{url}/api/", retry_handlers=[])
        for number in range(3):
            client.chat_postMessage(channel="oncall", text=str(number))
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=workspace.channel_id("oncall"), text="3")
        assert (caught.value.response.status_code, caught.value.response.headers["retry-after"]) == (429, "1")
        assert httpx.get(f"{url}/_sandbox/limited").json() == {"chat.postMessage": 1}
        assert client.chat_postMessage(channel="alerts", text="another channel has its own")["ok"]
        httpx.post(f"{url}/_sandbox/rates", json={"mode": "off"})
        assert client.chat_postMessage(channel="oncall", text="4")["ok"]


def test_a_channel_takes_one_message_a_second_in_the_long_run() -> None:
    now = [0.0]
    rates = Rates("realistic", clock=lambda: now[0])
    passed = 0
    for tenth in range(600):
        now[0] = tenth / 10
        passed += rates.retry_after_s("chat.postMessage", None, "C1") == 0
    assert 60 <= passed <= 63


def test_a_tier_is_a_number_of_calls_a_minute() -> None:
    rates = Rates("realistic", clock=lambda: 0.0)
    waits = [rates.retry_after_s("users.list", 20, None) for _ in range(21)]
    assert waits == [0] * 20 + [3]
