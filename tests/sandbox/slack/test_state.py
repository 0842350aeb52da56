"""What the workspace keeps: over a restart, in order, and what it rings."""

from pathlib import Path

import httpx
from slack_sdk import WebClient

from sandbox.slack.conftest import CHANNELS, GROUPS, PEOPLE
from sandbox.slack.test_directory import PNG
from sandbox_server import running
from toban.sandbox.slack import Workspace, create_app
from toban.sandbox.slack.mentions import rings


def test_a_restart_continues_where_it_stopped(tmp_path: Path) -> None:
    with running(create_app(Workspace.for_people(PEOPLE, CHANNELS, GROUPS, state_dir=tmp_path))) as url:
        slack = WebClient("xoxb-1", base_url=f"{url}/api/")
        first = slack.chat_postMessage(
            channel="oncall", text="x", metadata={"event_type": "t", "event_payload": {}}
        )
        file = slack.files_upload_v2(channel=first["channel"], file=PNG, filename="a.png")["file"]
        slack.conversations_setTopic(channel=first["channel"], topic="kept")
    again = Workspace.for_people(PEOPLE, CHANNELS, GROUPS, state_dir=tmp_path, clock=lambda: 0.0)
    with running(create_app(again)) as url:
        slack = WebClient("xoxb-1", base_url=f"{url}/api/")
        messages = slack.conversations_history(channel=first["channel"])["messages"]
        assert [m["text"] for m in messages] == ["set the channel topic: kept", "", "x"]
        assert slack.conversations_info(channel=first["channel"])["channel"]["topic"]["value"] == "kept"
        assert httpx.get(f"{url}/files-pri/T-{file['id']}/a.png").content == PNG
        assert slack.chat_postMessage(channel="oncall", text="y")["ts"] > messages[0]["ts"]


def test_the_same_directory_gives_the_same_ids() -> None:
    ids = {Workspace.for_people(PEOPLE).user_id("aiko@example.com") for _ in range(2)}
    assert len(ids) == 1


def test_timestamps_follow_the_given_clock() -> None:
    workspace = Workspace.for_people(PEOPLE, CHANNELS, clock=lambda: 1_700_000_000.0001)
    assert workspace.say("aiko@example.com", "oncall", "x") == "1700000000.000100"
    assert workspace.say("aiko@example.com", "oncall", "x") == "1700000000.000101"


def test_a_mention_rings_in_mrkdwn_and_rich_text_but_not_escaped_or_in_plain_text() -> None:
    plain = {"type": "header", "text": {"type": "plain_text", "text": "<@U0PLAIN>"}}
    section = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "<@U0B> <!subteam^S0A|@team> &lt;!channel&gt;"},
    }
    run = {"type": "broadcast", "range": "here"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}
    assert rings({"text": "<@U0A> &lt;@U0X&gt;", "blocks": [plain, section, rich]}) == [
        "U0A",
        "U0B",
        "S0A",
        "here",
    ]


def test_an_edit_rings_nobody(slack: WebClient, sandbox: httpx.Client, oncall: str) -> None:
    ts = slack.chat_postMessage(channel=oncall, text="calm")["ts"]
    slack.chat_update(channel=oncall, ts=ts, text="<!channel> alarm")
    told = sandbox.get("/_sandbox/messages").json()[0]
    assert (told["text"], told["rings"], "edited_at" in told) == ("<!channel> alarm", [], True)


def test_mentions_are_counted_by_whom_they_ring(
    slack: WebClient, sandbox: httpx.Client, workspace: Workspace
) -> None:
    aiko = workspace.user_id("aiko@example.com")
    head = slack.chat_postMessage(channel="oncall", text=f"<@{aiko}> alarm")["ts"]
    slack.chat_postMessage(channel="oncall", text=f"<@{aiko}> <!here> reminder", thread_ts=head)
    slack.chat_postMessage(channel="alerts", text="&lt;!channel&gt;")
    counted = sandbox.get("/_sandbox/mentions", params={"channel": "oncall"}).json()
    assert counted == {"messages": 2, "by": {aiko: 2, "here": 1}}
    assert sandbox.get("/_sandbox/mentions", params={"channel": "alerts"}).json() == {"messages": 0, "by": {}}


def test_messages_are_read_from_a_moment_on(slack: WebClient, sandbox: httpx.Client) -> None:
    first = slack.chat_postMessage(channel="oncall", text="first")["ts"]
    slack.chat_postMessage(channel="oncall", text="second", thread_ts=first)
    later = sandbox.get("/_sandbox/messages", params={"channel": "oncall", "since": first}).json()
    assert [each["text"] for each in later] == ["second"]


def test_people_can_be_made_to_speak_into_a_thread(
    slack: WebClient, sandbox: httpx.Client, oncall: str
) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    speech = {"user": "aiko@example.com", "channel": "oncall", "text": "I look", "thread_ts": head}
    sandbox.post("/_sandbox/say", json=speech).raise_for_status()
    assert slack.conversations_replies(channel=oncall, ts=head)["messages"][1]["text"] == "I look"
