"""A team's health settings in the domain's words: what the team says, else everybody, else Toban's own."""

from dataclasses import replace
from datetime import date
from typing import Any

from toban.domain.health.frame import Frame
from toban.domain.health.hours import HourRule
from toban.domain.health.thresholds import Limit, Thresholds
from toban.domain.local_time import Daily
from toban.settings import BusinessHours, Settings, Team
from toban.settings import health as given
from toban.settings.forms import EVERY_DAY

OF_THE_FRAME = {"weeks", "coming_weeks"}


def thresholds_of(team: Team, settings: Settings) -> Thresholds:
    """From where on it is too much for that team."""
    said = _said(team, settings)
    return replace(Thresholds(), **{name: _plain(said[name]) for name in said.keys() - OF_THE_FRAME})


def frame_of(team: Team, settings: Settings, start: date) -> Frame:
    """What is looked at in the report on the week that begins with that day."""
    said = _said(team, settings)
    lengths = {name: said[name] for name in said.keys() & OF_THE_FRAME}
    return Frame(team.id, team.name, team.zone, start, **lengths)


def hour_rule(hours: BusinessHours) -> HourRule:
    """The hours by which the warehouse tells interruptions apart."""
    return HourRule(
        business=Daily(hours.start, hours.end),
        weekdays=frozenset(EVERY_DAY.index(day) for day in hours.weekdays),
        sleep=Daily(hours.sleep_from, hours.sleep_until),
    )


def _said(team: Team, settings: Settings) -> dict[str, Any]:
    return settings.health.said | team.health.said


def _plain(value: Any) -> Any:
    return Limit(value.limit, value.source) if isinstance(value, given.Limit) else value
