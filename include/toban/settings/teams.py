"""One team of toban.toml: who it is, where it is spoken to, and how it wants to be called."""

from datetime import time
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from toban.settings.forms import (
    EVERY_DAY,
    ChannelName,
    Clock,
    LanguageCode,
    PagerDutyId,
    Section,
    Slug,
    UserGroupId,
    Weekday,
    Zone,
)
from toban.settings.health import HealthLimits
from toban.settings.labour import TeamLabour

Minute = Annotated[int, Field(ge=1, le=1_440)]


class QuietHours(Section):
    """When a low-urgency incident rings nobody, on the team's clock; the end may be on the next day."""

    start: Clock = Field(default=time(22), alias="from")
    end: Clock = Field(default=time(8), alias="until")


class Calling(Section):
    """How people are called when an alert fires; minutes count from the call of whoever is asked now."""

    remind_minutes: tuple[Minute, ...] = (3, 6)
    remind_every_minutes: int = Field(default=30, ge=0, le=1_440)
    escalate_after_minutes: int | None = Field(default=None, ge=1, le=1_440)
    escalate_by: Literal["level", "responders", "reassign"] = "level"
    ask_after_hours: int = Field(default=4, ge=0, le=168)
    low_urgency_quiet: QuietHours | None = None
    delay_likely_transients_minutes: int = Field(default=0, ge=0, le=10)

    @model_validator(mode="after")
    def _reminders_in_order(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.remind_minutes)):
            raise ValueError("remind_minutes must rise, as in [3, 6]")
        return self

    @model_validator(mode="after")
    def _mentions_come_before_the_next_level(self) -> Self:
        next_level = self.escalate_after_minutes
        if next_level and self.delay_likely_transients_minutes >= next_level:
            raise ValueError("delay_likely_transients_minutes must be less than escalate_after_minutes")
        return self


class Team(Section):
    """One team: whom it is made of in PagerDuty and where it is spoken to in Slack."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=80)]
    time_zone: Zone
    language: LanguageCode = "en"
    mode: Literal["observe", "announce", "act"] = "observe"
    announce_at: Clock = time(10)
    weekdays: tuple[Weekday, ...] = EVERY_DAY
    report_at: Clock = time(10)
    report_weekday: Weekday = "mon"
    announce_channel: ChannelName
    report_channel: ChannelName | None = None
    alert_channel: ChannelName | None = None
    people_channel: ChannelName | None = None
    escalation_policies: tuple[PagerDutyId, ...] = ()
    schedules: tuple[PagerDutyId, ...] = ()
    services: tuple[PagerDutyId, ...] = ()
    pagerduty_teams: tuple[PagerDutyId, ...] = ()
    user_group: UserGroupId | None = None
    keep_topic: bool = False
    mtta_goal_s: int = Field(default=300, ge=1, le=86_400)
    calling: Calling = Calling()
    labour: TeamLabour = TeamLabour()
    health: HealthLimits = HealthLimits()

    @property
    def zone(self) -> ZoneInfo:
        """The team's time zone, ready for use."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _can_be_found_in_pagerduty(self) -> Self:
        if not (self.escalation_policies or self.schedules):
            raise ValueError("escalation_policies or schedules must name whose duty is announced")
        return self

    @model_validator(mode="after")
    def _monthly_report_goes_somewhere(self) -> Self:
        if self.labour.monthly_report and not (self.people_channel or self.labour.directory):
            raise ValueError("labour.monthly_report needs a people_channel or a labour.directory to go to")
        return self
