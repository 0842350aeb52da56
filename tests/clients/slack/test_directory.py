"""Finding channels and people, over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.slack import Slack
from toban.errors import SlackRefused


@pytest.mark.parametrize("name", ["#oncall", "oncall", "#OnCall"])
def test_a_channel_is_found_by_its_name_however_it_is_written(
    slack: Slack, sandbox: SlackSandbox, name: str
) -> None:
    found = slack.channel(name)
    assert (found.id, found.name) == (sandbox.workspace.channel_id("oncall"), "oncall")
    assert found.is_member
    assert not found.is_archived


def test_a_channel_is_found_by_its_id(slack: Slack, sandbox: SlackSandbox) -> None:
    channel_id = sandbox.workspace.channel_id("oncall")
    assert slack.channel(channel_id).name == "oncall"
    assert slack.channel_id(channel_id) == channel_id
    assert "conversations.list" not in sandbox.calls()


def test_channels_are_listed_once(slack: Slack, sandbox: SlackSandbox) -> None:
    slack.channel("#oncall")
    slack.channel("#reports")
    assert sandbox.calls()["conversations.list"] == 1


def test_a_channel_far_down_the_list_is_found() -> None:
    channels = [f"team-{number}" for number in range(1200)]
    with slack_sandbox(channels=channels) as sandbox:
        slack = Slack("xoxb-test", sandbox.url)
        assert slack.channel("#team-1199").id == sandbox.workspace.channel_id("team-1199")
        assert sandbox.calls()["conversations.list"] == 2


def test_membership_and_archiving_are_told() -> None:
    channels = [{"name": "old", "is_archived": True, "is_member": False}, "oncall"]
    with slack_sandbox(channels=channels) as sandbox:
        old = Slack("xoxb-test", sandbox.url).channel("old")
        assert (old.is_member, old.is_archived) == (False, True)


def test_an_unknown_channel_is_refused_with_what_to_do(slack: Slack) -> None:
    with pytest.raises(SlackRefused, match=r"no channel #ocnall .* toban.toml.* /invite @toban") as refused:
        slack.channel("#ocnall")
    assert refused.value.code == "channel_not_found"


def test_public_channels_are_found_without_the_scope_for_private_ones(
    slack: Slack, sandbox: SlackSandbox
) -> None:
    sandbox.scopes("groups:read")
    assert slack.channel("#oncall").name == "oncall"


def test_a_person_is_found_by_e_mail(slack: Slack, sandbox: SlackSandbox) -> None:
    aiko = slack.user_by_email("aiko@example.com")
    assert aiko is not None
    assert aiko.id == sandbox.workspace.user_id("aiko@example.com")
    assert (aiko.is_bot, aiko.deleted) == (False, False)
    assert slack.user_by_email("nobody@example.com") is None


def test_the_token_tells_its_scopes_and_slacks_clock(slack: Slack) -> None:
    who = slack.auth_test()
    assert "chat:write" in who["scopes"]
    assert who["user_id"]
    assert abs(who["answered_at"] - datetime.now(UTC)) < timedelta(seconds=5)


def test_topic_and_user_group_are_set(sandbox: SlackSandbox, slack: Slack) -> None:
    channel = sandbox.workspace.channel_id("oncall")
    slack.set_topic(channel, "On call: Aiko")
    assert sandbox.workspace.channels.by_id(channel)["topic"]["value"] == "On call: Aiko"

    group = sandbox.workspace.people.add_group({"handle": "oncall", "name": "On call", "users": []})
    aiko, ben = (sandbox.workspace.user_id(f"{name}@example.com") for name in ("aiko", "ben"))
    slack.set_user_group(group["id"], [aiko, ben])
    assert sandbox.workspace.people.groups.get(group["id"])["users"] == [aiko, ben]
