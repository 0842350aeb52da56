"""Every five minutes: is somebody else on duty than the announcement said? Then its thread says so."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Posted
from toban.clients.slack_people import SlackPeople
from toban.domain.announcement.slot import Group, last_due
from toban.domain.announcement.words import Words
from toban.domain.takeover import Takeover, announced_now, takeover_message, takeovers
from toban.errors import PagerDutyRefused, SlackRefused
from toban.jobs.announce_shifts import Voice
from toban.jobs.announcement_parts import mentions
from toban.jobs.duties import read_plan
from toban.jobs.keep_in_step import keep_in_step
from toban.locale import language
from toban.settings import Settings, Team

log = logging.getLogger(__name__)

# A change this close before the next announcement is the change that it announces.
QUIET = timedelta(minutes=5)


def watch_takeovers(
    settings: Settings, *, pagerduty: PagerDuty, people: SlackPeople, voice: Voice, now: datetime
) -> list[str]:
    """Say each takeover once; gives the keys of what there was to say. Raises PagerDutyError, SlackError.

    Nothing is said of an announcement that was never made, nor while the next one is due. A refusal (such
    as an archived channel) concerns one announcement: the others are watched before it is raised.
    """
    told: list[str] = []
    refused: list[SlackRefused | PagerDutyRefused] = []
    for group in current_groups(settings, now):
        try:
            told += _watch(group, pagerduty, people, voice, now)
        except (SlackRefused, PagerDutyRefused) as error:
            log.warning("%s cannot be watched: %s", group.key, error)
            refused.append(error)
    if refused:
        raise refused[0]
    return told


def _watch(
    group: Group[Team], pagerduty: PagerDuty, people: SlackPeople, voice: Voice, now: datetime
) -> list[str]:
    posted, said = voice.messenger.said(group.key), voice.announced.last(group.key)
    if posted is None or said is None:
        return []
    # From a fixed moment on: if PagerDuty cuts a shift there, it still begins the same in every pass.
    plan = read_plan(pagerduty, group.teams, group.due, now)
    duties = tuple(plan.duty(team, now) for team in group.teams)
    changes = [change for duty in duties for change in takeovers(duty, said, group.due)]
    if not changes:
        return []
    told = _tell(group, changes, posted, people, voice, now)
    keep_in_step(group.teams, duties, posted.channel, slack=voice.slack, people=people)
    voice.announced.remember(group.key, announced_now(duties), now=now)
    return told


def _tell(
    group: Group[Team],
    changes: Sequence[Takeover],
    thread: Posted,
    people: SlackPeople,
    voice: Voice,
    now: datetime,
) -> list[str]:
    say = language(group.leader.language)
    rung = mentions([change.team for change in changes], people)
    told: dict[str, list[Takeover]] = {}
    for change in changes:  # teams that share a policy share the reply
        told.setdefault(f"takeover:{group.key}:{change.mark}", []).append(change)
    for key, same in told.items():
        teams = [change.team for change in same]
        words = Words(say, teams[0].zone, now, rung if any(team.rings for team in teams) else {})
        voice.messenger.say(key, group.channel, takeover_message(same[0], teams, words), thread=thread)
    return list(told)


def current_groups(settings: Settings, now: datetime) -> list[Group[Team]]:
    """Each team's last announcement that is due, every one once, without those about to be followed."""
    trial = settings.slack.trial_channel
    found: dict[str, Group[Team]] = {}
    for team in settings.teams:
        last, coming = (last_due(settings.teams, team, at, trial) for at in (now, now + QUIET))
        if last is not None and coming is not None and last.key == coming.key:
            found[last.key] = last
    return list(found.values())
