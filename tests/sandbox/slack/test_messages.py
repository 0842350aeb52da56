"""Posting, reading back, editing and deleting, through Slack's own client."""

from itertools import pairwise

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from toban.sandbox.slack import Workspace

KEY = {"event_type": "toban", "event_payload": {"key": "incident/1"}}


def refusal(call: object, **arguments: object) -> str:
    """The error code a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)  # type: ignore[operator]
    return str(caught.value.response["error"])


def test_timestamps_increase_strictly_however_fast_messages_come(slack: WebClient, oncall: str) -> None:
    stamps = [slack.chat_postMessage(channel=oncall, text=str(number))["ts"] for number in range(20)]
    assert all(before < after for before, after in pairwise(stamps))
    assert all(len(ts.partition(".")[2]) == 6 for ts in stamps)


def test_a_channel_is_found_by_name_for_posting_but_not_for_reading(slack: WebClient, oncall: str) -> None:
    assert slack.chat_postMessage(channel="#oncall", text="x")["channel"] == oncall
    assert refusal(slack.conversations_history, channel="#oncall") == "channel_not_found"


def test_history_tells_the_metadata_payload_only_on_demand(slack: WebClient, oncall: str) -> None:
    slack.chat_postMessage(channel=oncall, text="x", metadata=KEY)
    assert slack.conversations_history(channel=oncall)["messages"][0]["metadata"] == {"event_type": "toban"}
    whole = slack.conversations_history(channel=oncall, include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == KEY


def test_metadata_without_payload_is_refused(slack: WebClient, oncall: str) -> None:
    wrong = {"event_type": "toban"}
    assert (
        refusal(slack.chat_postMessage, channel=oncall, text="x", metadata=wrong) == "invalid_metadata_schema"
    )


def test_history_leaves_out_replies_unless_they_were_broadcast(slack: WebClient, oncall: str) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    slack.chat_postMessage(channel=oncall, text="quiet", thread_ts=head)
    slack.chat_postMessage(channel=oncall, text="loud", thread_ts=head, reply_broadcast=True)
    assert [m["text"] for m in slack.conversations_history(channel=oncall)["messages"]] == ["loud", "head"]
    thread = slack.conversations_replies(channel=oncall, ts=head)["messages"]
    assert [m["text"] for m in thread] == ["head", "quiet", "loud"]
    assert thread[0]["reply_count"] == 2
    assert thread[0]["latest_reply"] == thread[2]["ts"]


def test_a_reply_to_a_reply_joins_the_same_thread(slack: WebClient, oncall: str) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    reply = slack.chat_postMessage(channel=oncall, text="reply", thread_ts=head)["ts"]
    again = slack.chat_postMessage(channel=oncall, text="again", thread_ts=reply)
    assert again["message"]["thread_ts"] == head


def test_history_comes_in_pages_and_leaves_out_both_ends(slack: WebClient, oncall: str) -> None:
    stamps = [slack.chat_postMessage(channel=oncall, text=str(number))["ts"] for number in range(5)]
    pages = slack.conversations_history(channel=oncall, limit=2)
    assert [[m["text"] for m in page["messages"]] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    between = slack.conversations_history(channel=oncall, oldest=stamps[1], latest=stamps[3])["messages"]
    assert [m["text"] for m in between] == ["2"]
    whole = slack.conversations_history(channel=oncall, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [m["text"] for m in whole["messages"]] == ["3", "2", "1"]


def test_text_without_blocks_takes_the_old_blocks_away_and_marks_the_edit(
    slack: WebClient, oncall: str
) -> None:
    blocks = [{"type": "divider"}]
    ts = slack.chat_postMessage(channel=oncall, text="old", blocks=blocks, metadata=KEY)["ts"]
    slack.chat_update(channel=oncall, ts=ts, text="new")
    message = slack.conversations_history(channel=oncall, include_all_metadata=True)["messages"][0]
    assert (message["text"], message.get("blocks"), message["metadata"]) == ("new", None, KEY)
    assert message["edited"]["user"] == message["user"]


def test_an_edit_with_blocks_is_not_marked(slack: WebClient, oncall: str) -> None:
    ts = slack.chat_postMessage(channel=oncall, text="old")["ts"]
    slack.chat_update(channel=oncall, ts=ts, text="new", blocks=[{"type": "divider"}])
    assert "edited" not in slack.conversations_history(channel=oncall)["messages"][0]


def test_only_own_messages_can_be_edited_or_deleted(
    slack: WebClient, workspace: Workspace, oncall: str
) -> None:
    ts = workspace.say("aiko@example.com", "oncall", "mine")
    assert refusal(slack.chat_update, channel=oncall, ts=ts, text="x") == "cant_update_message"
    assert refusal(slack.chat_delete, channel=oncall, ts=ts) == "cant_delete_message"


def test_a_deleted_message_is_gone_but_a_deleted_head_leaves_a_tombstone(
    slack: WebClient, oncall: str
) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    lone = slack.chat_postMessage(channel=oncall, text="lone")["ts"]
    reply = slack.chat_postMessage(channel=oncall, text="reply", thread_ts=head)["ts"]
    slack.chat_delete(channel=oncall, ts=lone)
    slack.chat_delete(channel=oncall, ts=head)
    assert [m["subtype"] for m in slack.conversations_history(channel=oncall)["messages"]] == ["tombstone"]
    slack.chat_delete(channel=oncall, ts=reply)
    assert "reply_count" not in slack.conversations_history(channel=oncall)["messages"][0]


def test_an_ephemeral_message_stands_in_no_history(
    slack: WebClient, workspace: Workspace, oncall: str
) -> None:
    slack.chat_postEphemeral(channel=oncall, user=workspace.user_id("aiko@example.com"), text="psst")
    assert slack.conversations_history(channel=oncall)["messages"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "nowhere", "text": "x"}, "channel_not_found"),
        ({"channel": "secret", "text": "x"}, "channel_not_found"),
        ({"channel": "outside", "text": "x"}, "not_in_channel"),
        ({"channel": "old", "text": "x"}, "is_archived"),
        ({"channel": "oncall", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "oncall", "text": "x", "blocks": [{"type": "header"}]}, "invalid_blocks"),
        ({"channel": "oncall", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": "oncall", "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
def test_slack_refuses_with_its_own_code(slack: WebClient, arguments: dict[str, str], code: str) -> None:
    assert refusal(slack.chat_postMessage, **arguments) == code


def test_a_message_of_nothing_is_refused(slack: WebClient, oncall: str) -> None:
    assert refusal(slack.api_call, api_method="chat.postMessage", json={"channel": oncall}) == "no_text"


def test_a_cursor_nobody_gave_is_refused(slack: WebClient, oncall: str) -> None:
    assert refusal(slack.conversations_history, channel=oncall, cursor="dGVhbTpD") == "invalid_cursor"


def test_invalid_blocks_say_where(slack: WebClient, oncall: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=oncall, text="x", blocks=[{"type": "header"}])
    said = caught.value.response["response_metadata"]["messages"]
    assert said == ["[ERROR] missing required field: text [json-pointer:/blocks/0]"]


def test_a_users_id_as_channel_is_a_direct_message(slack: WebClient, workspace: Workspace) -> None:
    aiko = workspace.user_id("aiko@example.com")
    opened = slack.conversations_open(users=aiko)["channel"]["id"]
    assert slack.chat_postMessage(channel=aiko, text="x")["channel"] == opened


def test_a_reaction_is_added_once(slack: WebClient, oncall: str) -> None:
    ts = slack.chat_postMessage(channel=oncall, text="x")["ts"]
    slack.reactions_add(channel=oncall, timestamp=ts, name="eyes")
    assert refusal(slack.reactions_add, channel=oncall, timestamp=ts, name="eyes") == "already_reacted"
    assert slack.conversations_history(channel=oncall)["messages"][0]["reactions"][0]["count"] == 1
