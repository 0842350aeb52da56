"""Says a labour month in Slack: each person's to the person, the team's to its private channel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from toban.clients.messenger import Messenger
from toban.clients.slack import Slack
from toban.domain.labour.figures import fingerprint
from toban.domain.labour.messages.person import month_message
from toban.domain.labour.messages.team import TeamMonth, team_message
from toban.domain.language import Language
from toban.domain.presses.months import MonthAbout
from toban.jobs.labour.month import LabourReport
from toban.jobs.private_channel import private_channel
from toban.settings import Settings, Team

Action = Literal["post", "preview", "correct"]
Account = Callable[[str], str | None]  # PagerDuty's id of a person -> Slack's, None where there is none


@dataclass(frozen=True)
class Voice:
    """What it is said with; ``account`` may raise SlackError and PagerDutyError."""

    slack: Slack
    messenger: Messenger
    account: Account
    settings: Settings


def tell_month(
    voice: Voice, team: Team, report: LabourReport, files: Iterable[str], action: Action, say: Language
) -> list[str]:
    """Say what was not said; gives the people (ids) who have no account.

    ``correct`` also edits the team's message. A person whose figures changed is asked anew; of a closed month
    nobody is asked. Raises SettingsError where the team has no private channel, SlackError, LedgerError.
    """
    channel = private_channel(voice.slack, team)
    unreached = [] if report.closing else _ask(voice, team, report, say)
    about = _about_team(team, report, say) if _presses_arrive(voice, team) else None
    message = team_message(_team_month(team, report, unreached, tuple(files)), about, say)
    key = team_key(team.id, report.period.name)
    voice.messenger.say(key, channel, message)
    if action == "correct":
        voice.messenger.correct(key, message)
    return unreached


def team_key(team_id: str, month: str) -> str:
    """The ledger's key of the team's message."""
    return f"labour:{team_id}:{month}"


def _ask(voice: Voice, team: Team, report: LabourReport, say: Language) -> list[str]:
    unreached = []
    for one in report.counted.months:
        mark = fingerprint(report.figures[one.person_id])
        account = voice.account(one.person_id)
        if account is None:
            unreached.append(one.person_id)
            continue
        about = MonthAbout(team.id, report.period.name, one.person_id, mark, say.code)
        message = month_message(
            one,
            report.counted.staff[one.person_id],
            team.name,
            report.titles,
            about if voice.settings.slack.buttons != "off" else None,
            say,
        )
        key = f"{team_key(team.id, report.period.name)}:{one.person_id}:{mark}"
        voice.messenger.say(key, voice.slack.direct(account), message)
    return unreached


def _presses_arrive(voice: Voice, team: Team) -> bool:
    return voice.settings.slack.buttons != "off" and bool(team.labour.approvers)


def _about_team(team: Team, report: LabourReport, say: Language) -> MonthAbout:
    return MonthAbout(team.id, report.period.name, "", report.settlement.fingerprint, say.code)


def _team_month(team: Team, report: LabourReport, unreached: list[str], files: tuple[str, ...]) -> TeamMonth:
    closing = report.closing
    return TeamMonth(
        name=team.name,
        month=report.period.name,
        months=report.counted.months,
        staff=report.counted.staff,
        standpoints=report.standpoints,
        changes=report.changes,
        unreached=unreached,
        files=files,
        closed=(closing.by, closing.at.astimezone(team.zone)) if closing else None,
    )
