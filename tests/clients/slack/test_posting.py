"""Posting, editing and taking back, over HTTP."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from slack_sandbox import SlackSandbox
from toban.clients.slack import File, Slack, SlackUnsure
from toban.domain.message import Message, escape, section
from toban.errors import SlackRefused, SlackUnavailable

HELLO = Message("Hello", (section("Hello"),))


def test_a_message_carries_its_text_blocks_and_key(slack: Slack, sandbox: SlackSandbox) -> None:
    posted = slack.post(sandbox.workspace.channel_id("oncall"), HELLO, key="announcement:1")

    [message] = sandbox.messages()
    assert posted.ts == message["ts"]
    assert posted.channel == sandbox.workspace.channel_id("oncall")
    assert message["text"] == "Hello"
    assert message["blocks"][0]["text"]["text"] == "Hello"
    assert message["metadata"] == {"event_type": "toban", "event_payload": {"key": "announcement:1"}}


def test_escaped_alert_text_rings_nobody(slack: Slack, sandbox: SlackSandbox) -> None:
    hostile = escape("<!channel> <@U12345> & co")
    slack.post("oncall", Message(hostile, (section(hostile),)))

    [message] = sandbox.messages()
    assert message["rings"] == []
    assert message["blocks"][0]["text"]["text"] == "&lt;!channel&gt; &lt;@U12345&gt; &amp; co"


def test_a_reply_stands_in_the_thread(slack: Slack, sandbox: SlackSandbox) -> None:
    head = slack.post("oncall", HELLO)
    slack.post("oncall", Message("More"), thread_ts=head.ts)

    assert [message.get("thread_ts") for message in sandbox.messages()] == [head.ts, head.ts]


def test_an_edit_replaces_text_and_blocks_and_keeps_the_key(slack: Slack, sandbox: SlackSandbox) -> None:
    posted = slack.post("oncall", HELLO, key="k")
    slack.update(posted.channel, posted.ts, Message("Bye", (section("Bye"),)), key="k")

    [message] = sandbox.messages()
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("Bye", "Bye")
    assert sandbox.keys() == ["k"]


def test_a_message_can_be_taken_back_twice(slack: Slack, sandbox: SlackSandbox) -> None:
    posted = slack.post("oncall", HELLO)
    slack.delete(posted.channel, posted.ts)
    slack.delete(posted.channel, posted.ts)

    assert sandbox.messages() == []


def test_messages_in_one_channel_go_out_a_second_apart_and_other_channels_do_not_wait(
    slack: Slack, naps: list[float]
) -> None:
    slack.post("oncall", HELLO)
    slack.post("reports", HELLO)
    assert naps == []

    slack.post("oncall", HELLO)
    assert naps == [pytest.approx(1.0, abs=0.3)]


@pytest.mark.parametrize("kind", ["500", "cut", "lost", "lost500"])
def test_a_post_whose_answer_was_lost_is_never_sent_again(
    slack: Slack, sandbox: SlackSandbox, kind: str
) -> None:
    sandbox.fault(kind, "chat.postMessage")

    with pytest.raises(SlackUnsure):
        slack.post("oncall", HELLO)

    assert sandbox.calls()["chat.postMessage"] == 1


def test_a_post_that_slack_answers_too_late_is_never_sent_again(slack: Slack, sandbox: SlackSandbox) -> None:
    sandbox.fault("slow", "chat.postMessage", seconds=1.5)

    with pytest.raises(SlackUnsure, match="got no answer from Slack"):
        slack.post("oncall", HELLO)

    assert sandbox.calls()["chat.postMessage"] == 1


def test_an_internal_error_of_slack_leaves_a_post_in_doubt(slack: Slack, sandbox: SlackSandbox) -> None:
    sandbox.fault("error", "chat.postMessage", error="internal_error")
    with pytest.raises(SlackUnsure):
        slack.post("oncall", HELLO)


def test_a_post_that_slack_limits_waits_as_long_as_slack_asks_and_is_sent(
    slack: Slack, sandbox: SlackSandbox, naps: list[float]
) -> None:
    sandbox.fault("429", "chat.postMessage", times=2, seconds=7)
    slack.post("oncall", HELLO)

    assert naps == [pytest.approx(7.4, abs=0.2)] * 2
    assert len(sandbox.messages()) == 1


def test_what_has_to_happen_before_a_post_happens_before_each_try(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    sandbox.fault("429", "chat.postMessage", times=2)
    calls: list[int] = []
    slack.post("oncall", HELLO, before=lambda: calls.append(1))
    assert len(calls) == 3


def test_to_be_told_to_wait_longer_than_a_minute_ends_the_try(
    slack: Slack, sandbox: SlackSandbox, naps: list[float]
) -> None:
    sandbox.fault("429", "chat.postMessage", seconds=900)

    with pytest.raises(SlackUnavailable, match=r"asks to wait 900 s; .* try again later") as limited:
        slack.post("oncall", HELLO)

    assert not isinstance(limited.value, SlackUnsure)
    assert naps == []


def test_a_slack_that_cannot_be_reached_has_certainly_not_posted(naps: list[float]) -> None:
    nowhere = Slack("xoxb-test", "http://127.0.0.1:9/api/", timeout_s=1, sleep=naps.append)

    with pytest.raises(SlackUnavailable, match="was tried 5 times") as unreachable:
        nowhere.post("oncall", HELLO)

    assert not isinstance(unreachable.value, SlackUnsure)
    assert len(naps) == 4
    assert sum(naps) < 20


def test_a_client_in_a_hurry_tries_less_often_and_waits_less_long(
    sandbox: SlackSandbox, naps: list[float]
) -> None:
    hurried = Slack("xoxb-test", sandbox.url, timeout_s=1, tries=2, longest_wait_s=3, sleep=naps.append)

    sandbox.fault("429", "chat.postMessage", times=2, seconds=2)
    with pytest.raises(SlackUnavailable, match="was tried 2 times"):
        hurried.post("oncall", HELLO)
    assert naps == [pytest.approx(2.4, abs=0.2)]

    sandbox.fault("429", "chat.postMessage", seconds=4)
    with pytest.raises(SlackUnavailable, match=r"asks to wait 4 s; .* was tried once"):
        hurried.post("reports", HELLO)
    assert len(naps) == 1


def test_how_long_a_post_would_wait_is_told_without_waiting(slack: Slack, naps: list[float]) -> None:
    assert slack.wait_s("oncall") == 0.0

    slack.post("oncall", HELLO)
    waits = [slack.wait_s("oncall") for _ in range(2)]

    assert 0.0 < waits[1] <= waits[0] <= 1.0
    assert slack.wait_s("reports") == 0.0
    assert naps == []


@pytest.mark.parametrize("kind", ["500", "cut", "429", "lost"])
def test_an_edit_is_repeated_until_it_is_answered(slack: Slack, sandbox: SlackSandbox, kind: str) -> None:
    posted = slack.post("oncall", HELLO)
    sandbox.fault(kind, "chat.update", times=2)

    slack.update(posted.channel, posted.ts, Message("Bye"))

    assert [message["text"] for message in sandbox.messages()] == ["Bye"]
    assert sandbox.calls()["chat.update"] == 3


def test_a_refusal_says_what_to_do_and_is_not_repeated(slack: Slack, sandbox: SlackSandbox) -> None:
    with pytest.raises(
        SlackRefused, match=r"not a member of general; invite it there: /invite @toban"
    ) as refused:
        slack.post("general", HELLO)

    assert refused.value.code == "not_in_channel"
    assert sandbox.calls()["chat.postMessage"] == 1


def test_a_missing_scope_is_named(slack: Slack, sandbox: SlackSandbox) -> None:
    sandbox.scopes("chat:write")
    with pytest.raises(SlackRefused, match=r"chat.postMessage needs the scope chat:write; add it"):
        slack.post("oncall", HELLO)


def test_a_wrong_token_is_refused_with_where_to_put_the_right_one(sandbox: SlackSandbox) -> None:
    with pytest.raises(SlackRefused, match=r"does not accept the token .* TOBAN_SLACK_TOKEN"):
        Slack("invalid", sandbox.url).post("oncall", HELLO)


def test_no_log_shows_the_token(sandbox: SlackSandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sandbox.fault("500", "conversations.list")
    secretive = Slack("xoxb-very-secret", sandbox.url, sleep=lambda _: None)
    secretive.channel("#oncall")
    secretive.post("oncall", HELLO)

    assert caplog.records
    assert "very-secret" not in caplog.text


def test_a_message_is_found_by_its_key_through_all_pages(slack: Slack, sandbox: SlackSandbox) -> None:
    started = datetime.now(UTC)
    channel = sandbox.workspace.channel_id("oncall")
    wanted = slack.post(channel, HELLO, key="wanted")
    for number in range(250):
        sandbox.workspace.say("aiko@example.com", "oncall", f"chat {number}")

    assert slack.find(channel, "wanted", oldest=started) == wanted.ts
    assert slack.find(channel, "unheard of", oldest=started) is None
    assert sandbox.calls()["conversations.history"] == 4


def test_a_reply_is_found_in_its_thread_alone(slack: Slack, sandbox: SlackSandbox) -> None:
    started = datetime.now(UTC)
    channel = sandbox.workspace.channel_id("oncall")
    head = slack.post(channel, HELLO, key="head")
    reply = slack.post(channel, HELLO, key="reply", thread_ts=head.ts)

    assert slack.find(channel, "reply", oldest=started, thread_ts=head.ts) == reply.ts
    assert slack.find(channel, "reply", oldest=started) is None


def test_messages_long_before_the_moment_asked_for_are_not_looked_through(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    channel = sandbox.workspace.channel_id("oncall")
    slack.post(channel, HELLO, key="k")
    assert slack.find(channel, "k", oldest=datetime.now(UTC) + timedelta(minutes=3)) is None


def test_reading_survives_bad_weather(slack: Slack, sandbox: SlackSandbox) -> None:
    channel = sandbox.workspace.channel_id("oncall")
    posted = slack.post(channel, HELLO, key="k")
    for kind in ("429", "500", "cut"):
        sandbox.fault(kind, "conversations.history")
    assert slack.find(channel, "k", oldest=datetime.now(UTC)) == posted.ts


def test_a_picture_is_shown_with_its_title_and_found_by_its_name(slack: Slack, sandbox: SlackSandbox) -> None:
    started = datetime.now(UTC)
    channel = sandbox.workspace.channel_id("reports")
    sandbox.fault("500", "upload")
    sandbox.fault("lost", "files.getUploadURLExternal")

    slack.upload(channel, File("chart-1.png", b"\x89PNG not much", "MTTA by week", "MTTA by week"))

    [message] = sandbox.messages("reports")
    [file] = message["files"]
    assert (file["name"], file["title"]) == ("chart-1.png", "MTTA by week")
    assert slack.find_file(channel, "chart-1.png", oldest=started) == message["ts"]
    assert slack.find_file(channel, "chart-2.png", oldest=started) is None


def test_a_picture_whose_last_answer_was_lost_is_never_shown_again(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    sandbox.fault("lost", "files.completeUploadExternal")
    with pytest.raises(SlackUnsure):
        slack.upload(sandbox.workspace.channel_id("reports"), File("c.png", b"\x89PNG", "T"))
    assert len(sandbox.messages("reports")) == 1


def test_a_client_stays_within_slacks_own_limit(sandbox: SlackSandbox) -> None:
    sandbox.rates("realistic")
    real = Slack("xoxb-test", sandbox.url)
    started = time.monotonic()
    for _ in range(4):
        real.post("oncall", HELLO)

    assert time.monotonic() - started >= 3.0
    assert sandbox.calls()["chat.postMessage"] == 4


def test_a_message_has_an_address_for_people(slack: Slack) -> None:
    posted = slack.post("oncall", HELLO)

    found = slack.permalink(posted.channel, posted.ts)
    assert found.endswith(f"/archives/{posted.channel}/p{posted.ts.replace('.', '')}")
