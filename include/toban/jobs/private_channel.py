"""The one channel in which a team's people are named."""

from toban.clients.slack import Slack
from toban.errors import SettingsError
from toban.settings import Team


def private_channel(slack: Slack, team: Team) -> str:
    """The id of the team's people_channel; raises SettingsError where others can read it, and SlackError."""
    channel = slack.channel(team.people_channel) if team.people_channel else None
    if channel is None:
        raise SettingsError(f"Team {team.id!r} has no people_channel, in which its people may be named.")
    if not channel.is_private or channel.is_shared:
        who = "another company" if channel.is_private else "everybody in the workspace"
        raise SettingsError(
            f"The people_channel of team {team.id!r}, #{channel.name}, can be read by {who}, so nothing "
            "about persons is posted; name a private channel of your own."
        )
    return channel.id
