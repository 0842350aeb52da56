"""Is Slack there, may the bot do its work, is it in its channels, and are people known?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.domain.findings import Finding, bad, good, look
from toban.domain.people import Person
from toban.errors import SlackError
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


def examine_token(slack: Slack, settings: Settings, now: datetime) -> Iterator[Finding]:
    """The token, its scopes, and this machine's clock against Slack's."""
    try:
        who = slack.auth_test()
    except SlackError as error:
        yield bad("Slack token", str(error), "Put the bot token (xoxb-…) into slack_api_default.")
        return
    yield good("Slack token", f"{who.get('user', 'bot')} in {who.get('team', 'the workspace')}")
    yield from _examine_scopes(set(who["scopes"]), settings)
    yield from _examine_clock(who, now)


def _examine_scopes(granted: set[str], settings: Settings) -> Iterator[Finding]:
    needed = dict(SCOPES)
    if any(team.user_group for team in settings.teams):
        needed["usergroups:write"] = "user groups are not kept in step"
    if any(team.keep_topic for team in settings.teams):
        needed["channels:write.topic"] = "topics are not kept in step"
    for scope, without in needed.items():
        if scope not in granted:
            yield bad(
                "Slack scopes", f"{scope} is missing: {without}", "Add it to the app and install it again."
            )
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
    """Whether each channel exists and the bot is in it."""
    for name in sorted(_channels(settings)):
        subject = f"channel {name}"
        try:
            found = slack.channel(name)
        except SlackError as error:
            yield bad(subject, str(error), "Create it, or correct its name in toban.toml.")
            continue
        if found.is_archived:
            yield bad(subject, "is archived", "Unarchive it, or name another in toban.toml.")
        elif not found.is_member:
            yield bad(subject, "the bot is not a member", "Write /invite @toban there.")
        else:
            yield good(subject, "the bot is a member")


def _channels(settings: Settings) -> set[str]:
    named = {settings.fallback_channel, settings.slack.trial_channel}
    for team in settings.teams:
        named |= _channels_of(team)
    return {name for name in named if name}


def _channels_of(team: Team) -> set[str | None]:
    if team.mode == "observe":
        return set()  # it posts to the trial channel alone
    return {team.announce_channel, team.report_channel, team.alert_channel, team.people_channel}


def examine_people(people: SlackPeople, on_call: Iterable[Person]) -> Iterator[Finding]:
    """Whether everyone on call in the coming fortnight can be mentioned."""
    everyone = {person.id: person for person in on_call}
    unknown = [person for person in everyone.values() if people.id_of(person) is None]
    for person in sorted(unknown, key=lambda person: person.name):
        yield look(
            "people",
            f"{person.name} ({person.id}) is not found in Slack by e-mail and will be named, not mentioned",
            f'Add "{person.id}" = "U…" to slack.user_overrides.',
        )
    if everyone and not unknown:
        yield good("people", f"all {len(everyone)} on call in the coming fortnight are known in Slack")
