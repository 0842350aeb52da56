"""The daily announcement: ask PagerDuty who is on duty now, say it once, hand over in the thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Literal

from toban.clients.announced import AnnouncedPeople
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Posted, Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Snapshot
from toban.domain.announcement.slot import Group
from toban.domain.takeover import announced_now
from toban.errors import UsageError
from toban.jobs.announcement_parts import Parts, alone_now, detail_key, gather, group_now, last_group
from toban.jobs.keep_in_step import keep_in_step
from toban.settings import Settings, Team

Action = Literal["post", "preview", "correct"]
Gather = Callable[[Group[Team]], Parts]


@dataclass(frozen=True)
class Voice:
    """What speaks: Slack itself, exactly-once posting through it, and the memory of whom it named."""

    slack: Slack
    messenger: Messenger
    announced: AnnouncedPeople


@dataclass(frozen=True)
class Result:
    """What a run did, in a sentence; the parts and the place where there are some."""

    did: str
    parts: Parts | None = None
    posted: Posted | None = None
    warnings: tuple[str, ...] = ()


def announce_shifts(
    team: Team,
    *,
    settings: Settings,
    pagerduty: PagerDuty,
    people: SlackPeople | None,
    snapshot: Snapshot | None,
    now: datetime,
    voice: Voice | None = None,
    action: Action = "post",
) -> Result:
    """Announce who is on duty at ``now`` (aware), for the team and those that share its message.

    ``post`` says it once a day, however often it is called, and leaves it to the group's first team;
    ``correct`` edits what was said last; ``preview`` (as without ``voice`` or ``people``) says nothing.
    Raises PagerDutyError before anything is said, SlackError, and UsageError without anything to correct.
    """
    group = (last_group if action == "correct" else group_now)(team, settings, now)

    def gathered(of: Group[Team]) -> Parts:
        return gather(of, settings=settings, pagerduty=pagerduty, people=people, snapshot=snapshot, now=now)

    if action == "preview" or voice is None or people is None:
        return Result("Said nothing: this is a preview.", gathered(group or alone_now(team, settings, now)))
    if group is None:
        return Result(f"Said nothing: no announcement for {team.name} was due for a day or more.")
    if action == "correct":
        return _corrected(group, gathered, voice, people, now)
    return _posted(team, group, gathered, voice, people, now)


def _posted(
    team: Team, group: Group[Team], gathered: Gather, voice: Voice, people: SlackPeople, now: datetime
) -> Result:
    if group.leader.id != team.id:
        return Result(f"Said nothing: {group.leader.name} announces for {team.name} too, in one message.")
    # The memory is written last: with it, everything of this announcement has been said.
    if voice.announced.last(group.key) is not None:
        return Result(
            f"Said nothing: {group.key} was announced already.", posted=voice.messenger.said(group.key)
        )
    parts = gathered(group)
    posted = voice.messenger.say(group.key, group.channel, parts.message)
    for key, reply in parts.thread.items():
        voice.messenger.say(key, group.channel, reply, thread=posted)
    return _completed(f"Announced as {group.key}.", parts, posted, voice, people, now)


def _corrected(
    group: Group[Team], gathered: Gather, voice: Voice, people: SlackPeople, now: datetime
) -> Result:
    """Edits what was said, says in the thread what a broken run left out, takes back what is not so now."""
    if voice.messenger.said(group.key) is None:
        raise UsageError(f"{group.key} has not been announced, so nothing can be corrected; use post.")
    parts = gathered(group)
    posted = voice.messenger.correct(group.key, parts.message)
    for key, reply in parts.thread.items():
        if voice.messenger.said(key):
            voice.messenger.correct(key, reply)
        else:
            voice.messenger.say(key, group.channel, reply, thread=posted)
    _withdraw_details(parts, voice)
    return _completed(f"Corrected {group.key}.", parts, posted, voice, people, now)


def _withdraw_details(parts: Parts, voice: Voice) -> None:
    for number in count(1):
        key = detail_key(parts.group, number)
        if key not in parts.thread:
            if voice.messenger.said(key) is None:
                return
            voice.messenger.withdraw(key)


def _completed(
    did: str, parts: Parts, posted: Posted, voice: Voice, people: SlackPeople, now: datetime
) -> Result:
    group = parts.group
    warnings = keep_in_step(group.teams, parts.duties, posted.channel, slack=voice.slack, people=people)
    voice.announced.remember(group.key, announced_now(parts.duties), now=now)
    return Result(did, parts, posted, tuple(warnings))
