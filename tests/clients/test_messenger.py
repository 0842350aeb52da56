"""Saying, correcting and showing things once: a real ledger, and Slack over HTTP."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.ledger import Intent, Ledger
from toban.clients.messenger import Messenger
from toban.clients.slack import Slack
from toban.domain.message import Message, section
from toban.errors import LedgerError, SlackRefused, SlackUnavailable

HELLO = Message("Hello", (section("Hello"),))
LONG = Message("Long", tuple(section(f"{number}") for number in range(120)))
PNG = b"\x89PNG not much of a picture"
LEASE_S = 2.0  # twice the client's time-out below


class Clock:
    """Time that passes when somebody sleeps, faster than the real one, and with the real one."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.slept_s)

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.migrate()
    return ledger


@pytest.fixture
def messenger(ledger: Ledger, sandbox: SlackSandbox, clock: Clock) -> Messenger:
    slack = Slack("xoxb-test", sandbox.url, timeout_s=1, sleep=clock.sleep)
    return Messenger(ledger, slack, clock=clock.now, sleep=clock.sleep)


def statuses(ledger: Ledger) -> dict[str, str]:
    return {row["key"]: row["status"] for row in ledger.rows()}


def a_crash(ledger: Ledger, key: str, clock: Clock, channel: str = "#oncall") -> None:
    """A process that claimed and was never heard of again, its lease over."""
    long_ago = clock.now() - timedelta(seconds=LEASE_S + 1)
    ledger.claim(Intent(key, "message", channel, None, "h"), now=long_ago, lease=timedelta(seconds=LEASE_S))


def test_what_is_said_twice_is_there_once(messenger: Messenger, sandbox: SlackSandbox) -> None:
    first = messenger.say("k", "#oncall", HELLO)
    again = messenger.say("k", "#oncall", Message("Something else"))

    assert first == again == messenger.said("k")
    assert [message["text"] for message in sandbox.messages()] == ["Hello"]


def test_what_was_said_is_known_without_asking_slack(messenger: Messenger, sandbox: SlackSandbox) -> None:
    messenger.say("k", "#oncall", HELLO)
    before = sandbox.calls()
    messenger.say("k", "#oncall", HELLO)
    assert sandbox.calls() == before


def test_a_reply_is_said_in_its_thread(messenger: Messenger, sandbox: SlackSandbox) -> None:
    head = messenger.say("head", "#oncall", HELLO)
    messenger.say("reply", "#oncall", HELLO, thread=head)
    assert sandbox.messages()[1]["thread_ts"] == head.ts


@pytest.mark.parametrize("kind", ["lost", "cut", "lost500"])
def test_a_lost_answer_is_settled_by_looking_and_not_by_posting_again(
    messenger: Messenger, sandbox: SlackSandbox, clock: Clock, kind: str
) -> None:
    sandbox.fault(kind, "chat.postMessage")

    posted = messenger.say("k", "#oncall", HELLO)

    [message] = sandbox.messages()
    assert posted.ts == message["ts"]
    assert sandbox.calls()["chat.postMessage"] == 1
    assert LEASE_S / 2 <= clock.slept_s <= LEASE_S


def test_a_post_that_did_not_arrive_is_posted_again_after_looking(
    messenger: Messenger, sandbox: SlackSandbox
) -> None:
    sandbox.fault("500", "chat.postMessage")
    messenger.say("k", "#oncall", HELLO)

    assert len(sandbox.messages()) == 1
    assert sandbox.calls()["conversations.history"] == 1


def test_a_lost_answer_in_a_thread_is_looked_for_in_the_thread(
    messenger: Messenger, sandbox: SlackSandbox
) -> None:
    head = messenger.say("head", "#oncall", HELLO)
    sandbox.fault("lost", "chat.postMessage")

    reply = messenger.say("reply", "#oncall", HELLO, thread=head)

    assert [message["ts"] for message in sandbox.messages()] == [head.ts, reply.ts]


def test_a_slack_that_stays_silent_ends_in_a_sentence_and_the_next_try_settles_it(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger, clock: Clock
) -> None:
    sandbox.fault("500", "chat.postMessage", times=9)
    with pytest.raises(SlackUnavailable, match=r"Whether k was said is not known before .* the next try"):
        messenger.say("k", "#oncall", HELLO)
    assert statuses(ledger) == {"k": "claimed"}
    assert sandbox.calls()["chat.postMessage"] >= 3

    sandbox.workspace.say("aiko@example.com", "oncall", "anything new?")
    sandbox.fair_weather()
    clock.sleep(LEASE_S)
    messenger.say("k", "#oncall", HELLO)
    assert [message["text"] for message in sandbox.messages()] == ["anything new?", "Hello"]


def test_a_message_that_a_crashed_process_posted_is_found_and_confirmed(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger, clock: Clock
) -> None:
    a_crash(ledger, "k", clock)
    there = Slack("xoxb-test", sandbox.url).post("oncall", HELLO, key="k")

    assert messenger.say("k", "#oncall", HELLO) == there
    assert statuses(ledger) == {"k": "posted"}
    assert len(sandbox.messages()) == 1


def test_a_message_that_a_crashed_process_never_posted_is_posted(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger, clock: Clock
) -> None:
    a_crash(ledger, "k", clock)
    messenger.say("k", "#oncall", HELLO)
    assert sandbox.keys() == ["k"]


def test_a_second_message_is_chosen_over_none_where_the_truth_cannot_be_had(
    messenger: Messenger,
    sandbox: SlackSandbox,
    ledger: Ledger,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    a_crash(ledger, "k", clock)
    Slack("xoxb-test", sandbox.url).post("oncall", HELLO, key="k")
    sandbox.scopes("channels:history", "groups:history", "im:history")

    messenger.say("k", "#oncall", HELLO)

    assert sandbox.keys() == ["k", "k"]
    [warning] = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert "Saying k, perhaps for the second time" in warning.getMessage()
    assert "needs the scope" in warning.getMessage()


def test_while_the_truth_is_only_late_nothing_is_said(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger, clock: Clock
) -> None:
    a_crash(ledger, "k", clock)
    sandbox.fault("500", "conversations.history", times=5)

    with pytest.raises(SlackUnavailable, match=r"conversations.history was tried 5 times"):
        messenger.say("k", "#oncall", HELLO)
    assert sandbox.messages() == []

    messenger.say("k", "#oncall", HELLO)
    assert sandbox.keys() == ["k"]


def test_what_another_process_is_saying_is_waited_for(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger, clock: Clock
) -> None:
    ledger.claim(
        Intent("k", "message", "#oncall", None, "h"), now=clock.now(), lease=timedelta(seconds=LEASE_S)
    )
    messenger.say("k", "#oncall", HELLO)

    assert clock.slept_s == pytest.approx(LEASE_S, abs=0.5)
    assert sandbox.keys() == ["k"]


def test_who_has_no_patience_is_told_when_to_come_back(
    ledger: Ledger, sandbox: SlackSandbox, clock: Clock
) -> None:
    hasty = Messenger(ledger, Slack("xoxb-test", sandbox.url), clock=clock.now, patience_s=0)
    ledger.claim(Intent("k", "message", "#oncall", None, "h"), now=clock.now(), lease=timedelta(seconds=20))

    started = time.monotonic()
    with pytest.raises(SlackUnavailable, match="Whether k was said is not known before"):
        hasty.say("k", "#oncall", HELLO)
    assert time.monotonic() - started < 10  # the lease is 20 s


def test_a_claim_used_up_by_waiting_is_renewed_before_the_post(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger
) -> None:
    sandbox.fault("429", "chat.postMessage", seconds=50)  # far longer than the lease
    messenger.say("k", "#oncall", HELLO)
    assert statuses(ledger) == {"k": "posted"}
    assert sandbox.keys() == ["k"]


def test_a_claim_lost_while_waiting_is_not_posted(
    ledger: Ledger, sandbox: SlackSandbox, clock: Clock
) -> None:
    """While one process waits for Slack's rate limit, another takes the claim over and speaks."""
    other = Messenger(ledger, Slack("xoxb-test", sandbox.url), clock=clock.now, sleep=clock.sleep)

    def sleep_while_another_speaks(seconds: float) -> None:
        clock.sleep(seconds)
        other.say("k", "#oncall", HELLO)

    slow = Slack("xoxb-test", sandbox.url, timeout_s=1, sleep=sleep_while_another_speaks)
    sandbox.fault("429", "chat.postMessage", seconds=50)

    posted = Messenger(ledger, slow, clock=clock.now, sleep=clock.sleep).say("k", "#oncall", HELLO)

    assert posted == other.said("k")
    assert sandbox.keys() == ["k"]


def test_a_refused_message_is_given_up_with_its_reason_and_may_be_said_later(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger
) -> None:
    with pytest.raises(SlackRefused, match=r"not a member of #general; invite it there: /invite @toban"):
        messenger.say("k", "#general", HELLO)
    assert statuses(ledger) == {"k": "given_up"}

    sandbox.workspace.channels.change(sandbox.workspace.channel_id("general"), is_member=True)
    messenger.say("k", "#general", HELLO)
    assert statuses(ledger) == {"k": "posted"}
    assert sandbox.keys("general") == ["k"]


def test_a_message_for_a_channel_that_is_not_there_is_given_up_too(
    messenger: Messenger, ledger: Ledger
) -> None:
    with pytest.raises(SlackRefused, match="no channel #ocnall"):
        messenger.say("k", "#ocnall", HELLO)
    assert [(row["status"], row["channel"]) for row in ledger.rows()] == [("given_up", "#ocnall")]


def test_a_correction_edits_what_was_said(messenger: Messenger, sandbox: SlackSandbox) -> None:
    posted = messenger.say("k", "#oncall", HELLO)
    assert messenger.correct("k", Message("Bye", (section("Bye"),))) == posted

    [message] = sandbox.messages()
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("Bye", "Bye")
    assert sandbox.keys() == ["k"]


def test_a_correction_with_equal_content_does_nothing(messenger: Messenger, sandbox: SlackSandbox) -> None:
    messenger.say("k", "#oncall", HELLO)
    messenger.correct("k", Message("Hello", (section("Hello"),)))
    assert "chat.update" not in sandbox.calls()

    messenger.correct("k", Message("Bye"))
    messenger.correct("k", Message("Bye"))
    assert sandbox.calls()["chat.update"] == 1


def test_what_was_never_said_cannot_be_corrected(messenger: Messenger) -> None:
    assert messenger.said("k") is None
    with pytest.raises(LedgerError, match="Nothing was said as k, so it cannot be corrected"):
        messenger.correct("k", HELLO)


def test_a_long_message_becomes_several_in_order(messenger: Messenger, sandbox: SlackSandbox) -> None:
    posted = messenger.say("k", "#oncall", LONG)
    messenger.say("k", "#oncall", LONG)

    messages = sandbox.messages()
    assert sandbox.keys() == ["k", "k#2", "k#3"]
    assert posted.ts == messages[0]["ts"]
    shown = [block["text"]["text"] for message in messages for block in message["blocks"]]
    assert shown == [str(number) for number in range(120)]


def test_a_correction_to_a_shorter_message_takes_the_other_parts_back(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger
) -> None:
    messenger.say("k", "#oncall", LONG)
    messenger.correct("k", HELLO)

    assert [message["text"] for message in sandbox.messages()] == ["Hello"]
    assert statuses(ledger) == {"k": "posted", "k#2": "withdrawn", "k#3": "withdrawn"}


def test_a_correction_to_a_longer_message_says_the_other_parts(
    messenger: Messenger, sandbox: SlackSandbox
) -> None:
    messenger.say("k", "#oncall", HELLO)
    messenger.correct("k", LONG)
    messenger.correct("k", HELLO)
    messenger.correct("k", LONG)
    assert sandbox.keys() == ["k", "k#2", "k#3"]


def test_a_picture_is_shown_once_with_a_mark_of_its_key(messenger: Messenger, sandbox: SlackSandbox) -> None:
    head = messenger.say("report", "#reports", HELLO)
    first = messenger.picture("report:chart", "#reports", "chart.png", PNG, "MTTA by week", head)
    again = messenger.picture("report:chart", "#reports", "chart.png", PNG, "MTTA by week", head)

    message = sandbox.messages("reports")[1]
    assert first == again
    assert first.ts == message["ts"]
    assert message["thread_ts"] == head.ts
    assert message["files"][0]["title"] == "MTTA by week"
    assert message["files"][0]["name"].startswith("chart-")


def test_two_pictures_of_one_name_are_two_pictures(messenger: Messenger, sandbox: SlackSandbox) -> None:
    messenger.picture("report:1", "#reports", "chart.png", PNG, "One")
    messenger.picture("report:2", "#reports", "chart.png", PNG, "Two")
    assert [message["files"][0]["title"] for message in sandbox.messages("reports")] == ["One", "Two"]


@pytest.mark.parametrize("kind", ["lost", "cut", "500"])
def test_a_picture_whose_answer_was_lost_is_settled_by_its_name(
    messenger: Messenger, sandbox: SlackSandbox, kind: str
) -> None:
    sandbox.fault(kind, "files.completeUploadExternal")
    posted = messenger.picture("report:chart", "#reports", "chart.png", PNG, "MTTA")

    [message] = sandbox.messages("reports")
    assert posted.ts == message["ts"]


def test_a_picture_that_slack_has_but_does_not_show_yet_counts_as_said(
    messenger: Messenger, sandbox: SlackSandbox, ledger: Ledger
) -> None:
    sandbox.scopes("channels:history", "groups:history", "im:history")
    posted = messenger.picture("report:chart", "#reports", "chart.png", PNG, "MTTA")

    assert posted.ts == ""
    assert statuses(ledger) == {"report:chart": "posted"}
    assert len(sandbox.messages("reports")) == 1


def test_what_is_withdrawn_is_gone_with_all_its_parts_and_may_be_said_anew(
    messenger: Messenger, sandbox: SlackSandbox
) -> None:
    messenger.say("k", "#oncall", LONG)
    messenger.withdraw("k")
    messenger.withdraw("k")
    assert sandbox.messages() == []
    assert messenger.said("k") is None
    messenger.say("k", "#oncall", HELLO)
    assert [message["text"] for message in sandbox.messages()] == ["Hello"]


def test_messages_and_pictures_are_found_by_what_they_are_about_with_all_their_parts(
    messenger: Messenger, ledger: Ledger
) -> None:
    messenger.say("long", "#oncall", LONG, about="Q1")
    messenger.picture("shown", "#oncall", "chart.png", PNG, "Chart", about="Q1")
    messenger.say("grown", "#oncall", HELLO, about="Q2")
    messenger.correct("grown", LONG)
    messenger.say("other", "#oncall", HELLO)

    found = ledger.said_about(["Q1", "Q2"])

    assert {about: sorted(claims) for about, claims in found.items()} == {
        "Q1": ["long", "long#2", "long#3", "shown"],
        "Q2": ["grown", "grown#2", "grown#3"],
    }
