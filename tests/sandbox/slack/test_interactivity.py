"""Clicks: signed as Slack signs them, answered within three seconds, and what an app may do with them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from sandbox.slack.test_messages import refusal
from sandbox_server import running
from toban.sandbox.slack import Workspace
from toban.sandbox.slack.names import TEAM

SECRET = "shhh"
BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Ack"},
    "action_id": "ack",
    "value": "PINC1",
}
BLOCKS = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]
AIKO = "aiko@example.com"
VIEW = {
    "type": "modal",
    "callback_id": "noise",
    "title": {"type": "plain_text", "text": "Noise"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


class Listener:
    """An app that remembers what Slack sent it and answers as told."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {}
        self.status = 200
        self.app = FastAPI()
        self.app.post("/slack/interactions")(self.receive)

    async def receive(self, request: Request) -> Response:
        body = (await request.body()).decode()
        assert SignatureVerifier(SECRET).is_valid_request(body, dict(request.headers))
        self.payloads.append(json.loads(parse_qs(body)["payload"][0]))
        return Response(json.dumps(self.answer), status_code=self.status, media_type="application/json")


@pytest.fixture
def listener(sandbox: httpx.Client) -> Iterator[Listener]:
    listener = Listener()
    with running(listener.app) as url:
        where = {"url": f"{url}/slack/interactions", "signing_secret": SECRET}
        sandbox.post("/_sandbox/interactivity", json=where).raise_for_status()
        yield listener


@pytest.fixture
def ts(slack: WebClient) -> str:
    """A message with a button."""
    return str(slack.chat_postMessage(channel="oncall", text="alarm", blocks=BLOCKS)["ts"])


def press(sandbox: httpx.Client, ts: str, **more: str) -> dict[str, Any]:
    form = {"channel": "oncall", "ts": ts, "action_id": "ack", "user": AIKO, **more}
    answer: dict[str, Any] = sandbox.post("/_sandbox/press", data=form).json()
    return answer


def test_a_click_reaches_the_app_signed_and_whole(listener: Listener, sandbox: httpx.Client, ts: str) -> None:
    assert press(sandbox, ts)["ok"]
    payload = listener.payloads[0]
    action = payload["actions"][0]
    assert (payload["type"], payload["user"]["name"]) == ("block_actions", "aiko")
    assert (action["action_id"], action["block_id"], action["value"]) == ("ack", "b", "PINC1")
    assert (payload["container"]["message_ts"], payload["message"]["text"]) == (ts, "alarm")


def test_a_click_nobody_accepts_is_reported(listener: Listener, sandbox: httpx.Client, ts: str) -> None:
    listener.status = 500
    answer = press(sandbox, ts)
    assert (answer["ok"], answer["status"]) == (False, 500)


def test_a_click_without_a_listener_says_what_to_do(sandbox: httpx.Client, ts: str) -> None:
    assert "/_sandbox/interactivity" in press(sandbox, ts)["trouble"]


def test_a_button_that_is_not_there_cannot_be_pressed(
    listener: Listener, sandbox: httpx.Client, ts: str
) -> None:
    assert press(sandbox, ts, action_id="other")["detail"] == "There is no such button."
    assert listener.payloads == []


def test_a_response_url_answers_five_times(
    listener: Listener, sandbox: httpx.Client, slack: WebClient, oncall: str, ts: str
) -> None:
    press(sandbox, ts)
    url = listener.payloads[0]["response_url"]
    assert httpx.post(url, json={"text": "taken", "replace_original": True}).status_code == 200
    message = slack.conversations_history(channel=oncall)["messages"][0]
    assert (message["text"], message["ts"], "blocks" in message) == ("taken", ts, False)
    codes = [
        httpx.post(url, json={"text": "more", "response_type": "in_channel"}).status_code for _ in range(5)
    ]
    assert codes == [200, 200, 200, 200, 404]
    assert len(slack.conversations_history(channel=oncall)["messages"]) == 5


def choose(sandbox: httpx.Client, ts: str, user: str = AIKO) -> dict[str, Any]:
    form = {"channel": "oncall", "ts": ts, "callback_id": "note", "user": user}
    answer: dict[str, Any] = sandbox.post("/_sandbox/shortcut", data=form).json()
    return answer


def test_a_shortcut_tells_of_a_threads_reply_and_may_be_answered_in_private(
    listener: Listener, sandbox: httpx.Client, workspace: Workspace, ts: str
) -> None:
    reply = workspace.say(AIKO, "oncall", "the disk is full", thread_ts=ts)
    assert choose(sandbox, reply)["ok"]
    payload = listener.payloads[0]
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == (
        "message_action",
        "note",
        reply,
    )
    assert (payload["message"]["text"], payload["message"]["thread_ts"]) == ("the disk is full", ts)
    assert payload["channel"]["name"] == "oncall"
    httpx.post(payload["response_url"], json={"text": "noted", "thread_ts": ts}).raise_for_status()
    told = sandbox.get("/_sandbox/messages", params={"channel": "oncall", "since": reply}).json()
    assert [(each["text"], each["ephemeral_for"]) for each in told] == [("noted", payload["user"]["id"])]


def test_a_shortcut_opens_a_modal_and_leaves_what_people_wrote_alone(
    listener: Listener, sandbox: httpx.Client, slack: WebClient, workspace: Workspace
) -> None:
    choose(sandbox, workspace.say(AIKO, "oncall", "mine"))
    payload = listener.payloads[0]
    assert slack.views_open(trigger_id=payload["trigger_id"], view=VIEW)["ok"]
    refused = httpx.post(payload["response_url"], json={"text": "yours", "replace_original": True})
    assert (refused.status_code, refused.text) == (400, "cant_update_message")


def test_an_answer_replaces_the_message_as_it_is_by_then(
    listener: Listener, sandbox: httpx.Client, slack: WebClient, oncall: str, ts: str
) -> None:
    press(sandbox, ts)
    slack.chat_postMessage(channel=oncall, text="a reply", thread_ts=ts)
    url = listener.payloads[0]["response_url"]
    httpx.post(url, json={"text": "taken", "replace_original": True}).raise_for_status()
    message = slack.conversations_history(channel=oncall)["messages"][0]
    assert (message["text"], message["reply_count"]) == ("taken", 1)


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"is_restricted": True}, {"is_restricted": True, "is_ultra_restricted": False}),
        ({"is_ultra_restricted": True}, {"is_restricted": True, "is_ultra_restricted": True}),
        ({"team_id": "T0OTHER", "is_stranger": True}, {"team_id": "T0OTHER", "is_stranger": True}),
        ({"deleted": True}, {"deleted": True, "is_restricted": False}),
        ({"is_bot": True}, {"is_bot": True, "team_id": TEAM}),
    ],
)
def test_guests_strangers_and_those_who_left_may_press_and_are_told_apart(
    listener: Listener,
    sandbox: httpx.Client,
    slack: WebClient,
    ts: str,
    more: dict[str, Any],
    shown: dict[str, Any],
) -> None:
    eve = sandbox.post("/_sandbox/people", json={"name": "Eve", "email": "eve@other.example", **more}).json()
    assert press(sandbox, ts, user=eve["id"])["ok"]
    user = listener.payloads[0]["user"]
    assert (user["id"], user["team_id"]) == (eve["id"], more.get("team_id", TEAM))
    assert shown.items() <= slack.users_info(user=eve["id"])["user"].items()


def test_the_same_address_in_another_workspace_is_somebody_else(
    sandbox: httpx.Client, slack: WebClient, workspace: Workspace
) -> None:
    other = sandbox.post("/_sandbox/people", json={"name": "Aiko", "email": AIKO, "team_id": "T0OTHER"})
    found = slack.users_lookupByEmail(email=AIKO)["user"]
    assert found["id"] == workspace.user_id(AIKO) != other.json()["id"]
    assert "is_stranger" not in found


def test_a_modal_opens_for_who_clicked_and_its_submission_comes_back(
    listener: Listener, sandbox: httpx.Client, slack: WebClient, ts: str
) -> None:
    press(sandbox, ts)
    view = slack.views_open(trigger_id=listener.payloads[0]["trigger_id"], view=VIEW)["view"]
    assert 'class="modal"' in sandbox.get("/", params={"as": listener.payloads[0]["user"]["id"]}).text
    form = {"view": view["id"], "user": AIKO, "why\ttext": "a test alarm"}
    listener.answer = {"response_action": "errors", "errors": {"why": "too short"}}
    assert sandbox.post("/_sandbox/submit", data=form).json()["errors"] == {"why": "too short"}
    listener.answer = {}
    assert sandbox.post("/_sandbox/submit", data=form).json()["ok"]
    submitted = listener.payloads[-1]
    assert (submitted["type"], submitted["view"]["callback_id"]) == ("view_submission", "noise")
    filled = submitted["view"]["state"]["values"]["why"]["text"]
    assert filled == {"type": "plain_text_input", "value": "a test alarm"}
    assert 'class="modal"' not in sandbox.get("/").text


def test_a_modal_needs_a_fresh_click_and_a_valid_view(
    listener: Listener, sandbox: httpx.Client, slack: WebClient, ts: str
) -> None:
    assert refusal(slack.views_open, trigger_id="1.2.3", view=VIEW) == "invalid_trigger_id"
    press(sandbox, ts)
    trigger = listener.payloads[0]["trigger_id"]
    assert refusal(slack.views_open, trigger_id=trigger, view={**VIEW, "blocks": []}) == "invalid_arguments"
