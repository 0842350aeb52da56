"""Channels and people that one process looked up and the next one knows: a real ledger, Slack over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.ledger import Ledger
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.slack_places import FOUND_FOR, MISSED_FOR, NOTE, Places
from toban.domain.people import Person
from toban.errors import SlackRefused, SlackUnavailable

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
AIKO = Person("PAIKO", "Aiko Tanaka", "aiko@example.com")
STRANGER = Person("PX", "X <!here>", "stranger@example.com")


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox() as sandbox:
        yield sandbox


class Passes:
    """Each pass asks Slack with a client of its own, as each process does."""

    def __init__(self, sandbox: SlackSandbox, ledger: Ledger) -> None:
        self.sandbox, self.ledger, self.now = sandbox, ledger, NOW

    def places(self) -> Places:
        slack = Slack("xoxb-test", self.sandbox.url, timeout_s=1, sleep=lambda _: None)
        return Places(slack, SlackPeople(slack, {}), self.ledger.notes, lambda: self.now)

    def calls(self, method: str) -> int:
        return self.sandbox.calls().get(method, 0)


@pytest.fixture
def passes(sandbox: SlackSandbox, tmp_path: Path) -> Passes:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.migrate()
    return Passes(sandbox, ledger)


def test_a_channel_is_listed_once_for_all_passes_within_an_hour(passes: Passes) -> None:
    ids = {passes.places().channel_id(name) for name in ("#oncall", "oncall", "#OnCall")}
    passes.now += FOUND_FOR - timedelta(seconds=1)
    ids.add(passes.places().channel_id("#oncall"))

    assert ids == {Slack("xoxb-test", passes.sandbox.url).channel_id("oncall")}
    assert passes.calls("conversations.list") == 1 + 1  # the second is the line above

    passes.now += timedelta(seconds=1)
    passes.places().channel_id("#oncall")
    assert passes.calls("conversations.list") == 3


def test_an_id_is_given_back_without_a_question(passes: Passes) -> None:
    assert passes.places().channel_id("C0123456789") == "C0123456789"
    assert passes.ledger.notes.read(NOTE) is None


def test_a_channel_that_is_not_there_is_looked_for_again_after_five_minutes(passes: Passes) -> None:
    for _ in range(3):
        with pytest.raises(SlackRefused, match="Slack knows no channel #nowhere") as refused:
            passes.places().channel_id("#nowhere")
        assert refused.value.code == "channel_not_found"
    assert passes.calls("conversations.list") == 1

    passes.now += MISSED_FOR
    with pytest.raises(SlackRefused):
        passes.places().channel_id("#nowhere")
    assert passes.calls("conversations.list") == 2


def test_a_person_is_looked_up_once_and_their_address_is_not_kept(passes: Passes) -> None:
    mentions = {passes.places().mention(AIKO) for _ in range(3)}

    assert mentions == {f"<@{passes.sandbox.workspace.user_id('aiko@example.com')}>"}
    assert passes.calls("users.lookupByEmail") == 1
    assert "@" not in str(passes.ledger.notes.read(NOTE))


def test_somebody_without_an_account_is_named_and_looked_for_again_after_five_minutes(passes: Passes) -> None:
    assert passes.places().mention(STRANGER) == passes.places().mention(STRANGER) == "*X &lt;!here&gt;*"
    assert passes.calls("users.lookupByEmail") == 1

    passes.now += MISSED_FOR
    assert passes.places().id_of(STRANGER) is None
    assert passes.calls("users.lookupByEmail") == 2


def test_what_is_no_answer_is_not_remembered(passes: Passes) -> None:
    passes.sandbox.fault("500", "users.lookupByEmail", times=5)
    with pytest.raises(SlackUnavailable):
        passes.places().id_of(AIKO)
    passes.sandbox.scopes("channels:read", "groups:read")
    with pytest.raises(SlackRefused, match="scope"):
        passes.places().channel_id("#oncall")

    assert passes.places().id_of(AIKO) is not None


def test_what_is_no_longer_believed_is_forgotten(passes: Passes) -> None:
    passes.places().id_of(STRANGER)
    passes.now += FOUND_FOR
    passes.places().id_of(AIKO)

    assert set(passes.ledger.notes.read(NOTE)["people"]) == {"PAIKO"}


def test_while_slack_does_not_say_the_last_answer_holds(passes: Passes) -> None:
    places = passes.places()
    mention, channel = places.mention(AIKO), places.channel_id("#oncall")
    passes.now += 2 * FOUND_FOR
    passes.sandbox.fault("500", "users.lookupByEmail", times=50)
    passes.sandbox.fault("500", "conversations.list", times=50)
    later = passes.places()
    assert later.mention(AIKO) == mention
    assert later.channel_id("#oncall") == channel
    assert later.mention(STRANGER) == "*X &lt;!here&gt;*"
