"""Is Slack there, may the bot do its work, and is it in its channels?"""

from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from toban.clients.slack import Slack
from toban.domain.findings import Finding, bad, good, look
from toban.errors import SlackRefused
from toban.settings import Settings, Team

SCOPES = {
    "chat:write": "nothing can be posted",
    "channels:read": "channels cannot be found by name",
    "channels:history": "after a crash a message may be said twice",
    "users:read": "people cannot be mentioned",
    "users:read.email": "people cannot be mentioned",
    "files:write": "the weekly report has no chart",
}
CLOCK_S = 30  # beyond it, "since when" and signatures of requests go wrong


def examine_token(
    slack: Slack, settings: Settings, now: datetime
) -> Generator[Finding, None, frozenset[str] | None]:
    """The token, its scopes, and this machine's clock against Slack's; returns the scopes, None without."""
    try:
        who = slack.auth_test()
    except SlackRefused as error:
        yield bad("Slack token", str(error), "Put the bot token (xoxb-…) into slack_api_default.")
        return None
    yield good("Slack token", f"{who.get('user', 'bot')} in {who.get('team', 'the workspace')}")
    granted = frozenset(who["scopes"])
    yield from _examine_scopes(granted, settings)
    yield from _examine_clock(who, now)
    return granted


def _examine_scopes(granted: frozenset[str], settings: Settings) -> Iterator[Finding]:
    needed = dict(SCOPES)
    if any(team.user_group for team in settings.teams):
        needed["usergroups:write"] = "user groups are not kept in step"
    if any(team.keep_topic for team in settings.teams):
        needed["channels:write.topic"] = "topics are not kept in step"
    if any(team.labour.monthly_report and team.people_channel for team in settings.teams):
        needed["im:write"] = "nobody is asked about the labour month"
    for scope, without in needed.items():
        if scope not in granted:
            remedy = "Add it to the Slack app (OAuth & Permissions) and install it again."
            yield bad("Slack scopes", f"{scope} is missing: {without}", remedy)
    if granted >= needed.keys():
        yield good("Slack scopes", "all that are needed")


def _examine_clock(who: dict[str, Any], now: datetime) -> Iterator[Finding]:
    theirs: datetime | None = who.get("answered_at")
    if theirs is None:
        return
    off_s = abs((now - theirs).total_seconds())
    if off_s > CLOCK_S:
        yield bad(
            "clock", f"this machine's clock is {off_s:.0f} s off Slack's", "Turn on time synchronisation."
        )
    else:
        yield good("clock", f"within {CLOCK_S} s of Slack's")


def examine_channels(slack: Slack, settings: Settings) -> Iterator[Finding]:
    """Whether each channel exists, the bot is in it, and only those may read it who should."""
    for name in sorted(_channels(settings)):
        subject = f"channel {name}"
        try:
            found = slack.channel(name)
        except SlackRefused as error:
            yield bad(subject, str(error), "Create it, or correct its name in toban.toml.")
            continue
        if found.is_archived:
            yield bad(subject, "is archived", "Unarchive it, or name another in toban.toml.")
        elif not found.is_member:
            yield bad(subject, "the bot is not a member", "Write /invite @toban there.")
        elif not found.is_private and name in _personal(settings):
            yield bad(subject, "is open to everybody", "Make it private: what names people goes there.")
        elif found.is_shared and name in _personal(settings):
            yield bad(subject, "is open to another company", "Name a channel of your own people's.")
        else:
            yield good(subject, "the bot is a member")


def _personal(settings: Settings) -> set[str | None]:
    return {team.people_channel for team in settings.teams}


def _channels(settings: Settings) -> set[str]:
    named = {settings.fallback_channel, settings.slack.trial_channel}
    for team in settings.teams:
        named |= _channels_of(team)
    return {name for name in named if name}


def _channels_of(team: Team) -> set[str | None]:
    if team.mode == "observe":
        return set()  # it posts to the trial channel alone
    return {team.announce_channel, team.report_channel, team.alert_channel, team.people_channel}


def examine_user_groups(slack: Slack, settings: Settings) -> Iterator[Finding]:
    """Whether the groups that are kept in step exist."""
    teams = [team for team in settings.teams if team.user_group]
    if not teams:
        return
    try:
        known = slack.user_group_ids()
    except SlackRefused as error:
        yield look("user groups", f"cannot be examined: {error}", "Nothing to do if they are kept in step.")
        return
    for team in teams:
        subject = f"team {team.id}, user_group"
        if team.user_group in known:
            yield good(subject, f"{team.user_group} exists")
        else:
            yield bad(subject, f"Slack knows no user group {team.user_group}", "Correct it in toban.toml.")
