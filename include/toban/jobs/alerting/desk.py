"""Where and how each team is spoken to about its alerts; ``None`` stands for incidents of no team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from toban.domain.alerts.grouping import Place
from toban.domain.alerts.policy import CallPolicy, Quiet
from toban.domain.alerts.speech import Speech
from toban.domain.language import Language
from toban.locale import language
from toban.settings import Calling, QuietHours, Settings, Team


@dataclass(frozen=True)
class Desk:
    """One team's channel, language, clock and way of being called; ``buttons``: presses arrive somewhere."""

    place: Place
    say: Language
    zone: ZoneInfo
    policy: CallPolicy
    buttons: bool

    def speech(self, mentions: Mapping[str, str]) -> Speech:
        """How to speak there; who must not be rung is named."""
        return Speech(self.say, self.zone, mentions if self.policy.rings else {})


def desks(settings: Settings) -> dict[str | None, Desk]:
    """By team id. Nobody is rung for incidents of no team: they are other people's."""
    nobodys = Desk(
        Place(None, settings.fallback_channel),
        language(settings.language),
        ZoneInfo(settings.reporting.time_zone),
        CallPolicy(fresh=timedelta(minutes=settings.alerts.fresh_minutes)),
        buttons=False,
    )
    return {None: nobodys, **{team.id: _desk(team, settings) for team in settings.teams}}


def _desk(team: Team, settings: Settings) -> Desk:
    channel = team.alert_channel or settings.fallback_channel
    if team.mode == "observe" and settings.slack.trial_channel:
        channel = settings.slack.trial_channel
    return Desk(
        Place(team.id, channel),
        language(team.language),
        team.zone,
        _policy(team, team.calling, timedelta(minutes=settings.alerts.fresh_minutes)),
        buttons=settings.slack.buttons != "off",
    )


def _policy(team: Team, calling: Calling, fresh: timedelta) -> CallPolicy:
    return CallPolicy(
        rings=team.mode != "observe",
        acts=team.mode == "act",
        remind=tuple(timedelta(minutes=each) for each in calling.remind_minutes),
        every=_minutes(calling.remind_every_minutes),
        escalate_after=_minutes(calling.escalate_after_minutes),
        escalate_by=calling.escalate_by,
        ask_after=timedelta(hours=calling.ask_after_hours) if calling.ask_after_hours else None,
        fresh=fresh,
        quiet=_quiet(calling.low_urgency_quiet, team.zone),
        transients_wait=_minutes(calling.delay_likely_transients_minutes),
    )


def _minutes(count: int | None) -> timedelta | None:
    return timedelta(minutes=count) if count else None


def _quiet(hours: QuietHours | None, zone: ZoneInfo) -> Quiet | None:
    return Quiet(hours.start, hours.end, zone) if hours else None
