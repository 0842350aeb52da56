"""Whom a mention reaches, against the sandbox over HTTP."""

from collections.abc import Iterator

import pytest

from slack_sandbox import PEOPLE, SlackSandbox, slack_sandbox
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.domain.people import Person

AIKO = Person("PAIKO", "Aiko Tanaka", "Aiko@example.com")
GONE = Person("PGONE", "Gone <!here> & away", "gone@example.com")


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    gone = {"name": "Gone", "email": "gone@example.com", "deleted": True}
    with slack_sandbox(people=[*PEOPLE, gone]) as sandbox:
        yield sandbox


@pytest.fixture
def slack(sandbox: SlackSandbox) -> Slack:
    return Slack("xoxb-test", sandbox.url, sleep=lambda _: None)


def test_a_person_is_mentioned_by_the_account_with_the_same_e_mail(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    assert SlackPeople(slack, {}).mention(AIKO) == f"<@{sandbox.workspace.user_id('aiko@example.com')}>"


@pytest.mark.parametrize("key", ["PAIKO", "aiko@EXAMPLE.com"])
def test_an_override_by_pagerduty_id_or_e_mail_goes_first(
    slack: Slack, sandbox: SlackSandbox, key: str
) -> None:
    ben = sandbox.workspace.user_id("ben@example.com")
    assert SlackPeople(slack, {key: ben}).id_of(AIKO) == ben


def test_a_deactivated_account_is_named_without_ringing_anyone(slack: Slack) -> None:
    assert SlackPeople(slack, {}).mention(GONE) == "*Gone &lt;!here&gt; &amp; away*"


def test_an_override_to_an_account_that_is_not_there_is_named(slack: Slack) -> None:
    assert SlackPeople(slack, {"PAIKO": "U0NOBODY"}).mention(AIKO) == "*Aiko Tanaka*"


def test_who_has_no_e_mail_or_no_account_is_named_and_remembered(slack: Slack) -> None:
    people = SlackPeople(slack, {})
    stranger, nameless = Person("P1", "Stranger", "stranger@example.com"), Person("P2", "No Address")
    for person in (stranger, AIKO, nameless, stranger):
        people.mention(person)

    assert people.unmapped == [stranger, nameless]


def test_slack_is_asked_once_for_each_person(slack: Slack, sandbox: SlackSandbox) -> None:
    people = SlackPeople(slack, {})
    for person in (AIKO, GONE, AIKO, GONE):
        people.mention(person)
    assert sandbox.calls()["users.lookupByEmail"] == 2


def test_without_the_scope_people_are_named_instead_of_nothing_being_said(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    sandbox.scopes("users:read.email")
    assert SlackPeople(slack, {}).mention(AIKO) == "*Aiko Tanaka*"
