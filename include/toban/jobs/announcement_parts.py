"""Gathers an announcement and its thread, before anything of it is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from toban.clients.pagerduty import PagerDuty
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Snapshot
from toban.domain.announcement.message import Announcement, announcement
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.announcement.slot import Group, channel_of, due_now, last_due
from toban.domain.handover.message import handover_message
from toban.domain.handover.nouns import LONGEST_SHIFT
from toban.domain.message import Message, escape, mention
from toban.jobs.duties import read_plan
from toban.jobs.handover import handover_of
from toban.jobs.substitutes import with_substitutes
from toban.locale import language
from toban.settings import Settings, Team


@dataclass(frozen=True)
class Parts:
    """The message, and by its key each reply in its thread, in order."""

    group: Group[Team]
    duties: tuple[TeamDuty, ...]
    message: Message
    thread: dict[str, Message]


def group_now(team: Team, settings: Settings, now: datetime) -> Group[Team] | None:
    """The announcement that a run for the team is about; ``None`` where none was due for a day."""
    return due_now(settings.teams, team, now, settings.slack.trial_channel)


def last_group(team: Team, settings: Settings, now: datetime) -> Group[Team] | None:
    """The announcement that people see last, at most a week old."""
    return last_due(settings.teams, team, now, settings.slack.trial_channel)


def alone_now(team: Team, settings: Settings, now: datetime) -> Group[Team]:
    """The team by itself, for a look on a day on which it is silent."""
    return Group(channel_of(team, settings.slack.trial_channel), now.astimezone(team.zone), (team,))


def gather(
    group: Group[Team],
    *,
    settings: Settings,
    pagerduty: PagerDuty,
    people: SlackPeople | None,
    snapshot: Snapshot | None,
    now: datetime,
) -> Parts:
    """Read everything, say nothing. Raises PagerDutyError; for ``people`` see `mentions`."""
    plan = read_plan(pagerduty, group.teams, now - LONGEST_SHIFT, now)
    plan = replace(plan, shifts=with_substitutes(pagerduty, plan.shifts, now))
    opened = pagerduty.open_incidents()
    duties = tuple(plan.duty(team, now) for team in group.teams)
    main, *details = announcement(
        Announcement(now, duties, mentions(duties, people)), language(group.leader.language)
    )
    thread = {detail_key(group, number): detail for number, detail in enumerate(details, start=1)}
    for team in group.teams:
        told = handover_of(team, group, settings, plan, opened, snapshot, now)
        thread[f"handover:{group.key}:{team.id}"] = handover_message(told, team.zone, language(team.language))
    return Parts(group, duties, main, thread)


def detail_key(group: Group[Team], number: int) -> str:
    """Under what the numbered part of what the message leaves out is said, from 1 on."""
    return f"details:{group.key}:{number}"


def mentions(duties: Iterable[TeamDuty], people: SlackPeople | None) -> dict[str, str]:
    """``<@U…>`` by person id, for whoever is called first in a team that rings and is known to Slack.

    Without ``people`` (a look without Slack) everyone stands there as ``@name``.
    """
    called = {person for duty in duties if duty.rings for person in duty.called_first}
    if people is None:
        return {person.id: f"@{escape(person.name)}" for person in called}
    found = {person.id: people.id_of(person) for person in called}
    return {person_id: mention(user_id) for person_id, user_id in found.items() if user_id}
