"""Says a health report: its sums in the weekly report's thread, its persons in the private channel."""

from dataclasses import dataclass

from toban.clients.messenger import Messenger
from toban.clients.slack import Posted, Slack
from toban.domain.health.people_message import people_message
from toban.domain.health.report import HealthReport
from toban.domain.health.team_message import team_message
from toban.domain.message import Message
from toban.errors import UsageError
from toban.jobs.private_channel import private_channel
from toban.jobs.weekly_report import Action, report_key
from toban.locale import language
from toban.settings import Team


@dataclass(frozen=True)
class ToldHealth:
    """What everybody reads, and what the private channel does, if there is one."""

    key: str
    message: Message
    people: Message | None


def tell_health(
    report: HealthReport, team: Team, *, messenger: Messenger | None, slack: Slack | None, action: Action
) -> ToldHealth:
    """Say it once, however often it is called; ``correct`` edits it, ``preview`` needs neither of the two.

    Persons are named in the team's own private channel alone, never in mode observe. Raises SettingsError
    before anything is said if others can read that channel, UsageError where there is no weekly report yet.
    """
    say, channel = language(team.language), None if team.mode == "observe" else team.people_channel
    people = people_message(report, say) if channel else None
    told = ToldHealth(f"health:{team.id}:{report.week.start}", team_message(report, say), people)
    if action == "preview" or messenger is None or slack is None:
        return told
    weekly = messenger.said(report_key(team, report.week.start))
    if weekly is None:
        raise UsageError(
            f"The health of {team.id} stands in the thread of the weekly report of {report.week.start}, "
            "which has not been posted; post that first."
        )
    if channel:
        channel = private_channel(slack, team)
    _say(told, messenger, weekly, channel, action)
    return told


def _say(told: ToldHealth, messenger: Messenger, weekly: Posted, channel: str | None, action: Action) -> None:
    say = messenger.set_right if action == "correct" else messenger.say
    say(told.key, weekly.channel, told.message, thread=weekly)
    if told.people and channel:
        say(f"{told.key}:people", channel, told.people)
