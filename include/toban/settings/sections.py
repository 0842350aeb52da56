"""The tables of toban.toml that concern everybody; `teams` has the one per team."""

from datetime import date, time
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from toban.settings.forms import (
    ChannelName,
    Clock,
    Email,
    Place,
    Section,
    SlackUserId,
    WebAddress,
    Weekday,
    Zone,
)

API_URLS = {"us": "https://api.pagerduty.com", "eu": "https://api.eu.pagerduty.com"}


class PagerDutySettings(Section):
    """Where PagerDuty is, and as whom Toban writes there."""

    region: Literal["us", "eu"] = "us"
    from_email: Email | None = None
    history_days: int = Field(default=90, ge=1, le=1_100)

    @property
    def api_url(self) -> str:
        """The region's REST address."""
        return API_URLS[self.region]


class SlackSettings(Section):
    """The trial channel, people whose e-mail differs between PagerDuty and Slack, and how buttons arrive."""

    trial_channel: ChannelName | None = None
    user_overrides: dict[str, SlackUserId] = Field(default_factory=dict)
    buttons: Literal["off", "http", "socket"] = "off"


class WarehouseSettings(Section):
    """Where the warehouse's files lie, what is built into them, and where they go as well."""

    directory: Path = Path("data/warehouse")
    export: Place | None = None
    local_models: Path | None = None


class Marker(Section):
    """A day to be marked in the charts of the pages, and what it is called in English and Japanese."""

    day: date
    label: str = Field(min_length=1, max_length=60)
    label_ja: str | None = Field(default=None, min_length=1, max_length=60)


class ReportingSettings(Section):
    """How weeks are cut and what reports compare with."""

    time_zone: Zone = "UTC"
    week_start: Literal["monday", "sunday"] = "monday"
    trend_weeks: int = Field(default=8, ge=2, le=52)
    improvements_since: date | None = None
    airflow_url: WebAddress | None = None
    markers: tuple[Marker, ...] = Field(default=(), max_length=50)


class BusinessHours(Section):
    """PagerDuty's own hours, unless changed; they are read in the interrupted person's zone."""

    start: Clock = time(8)
    end: Clock = time(18)
    sleep_from: Clock = time(22)
    sleep_until: Clock = time(8)
    weekdays: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be later than start")
        return self


class AlertSettings(Section):
    """What holds for the alerts of all teams."""

    storm_threshold: int = Field(default=10, ge=2, le=1_000)
    fresh_minutes: int = Field(default=15, ge=1, le=1_440)
    unclaimed: Literal["post", "ignore"] = "post"


class RunbookSettings(Section):
    """Where runbooks lie, and where people read them."""

    directory: Path = Path("runbooks")
    url: WebAddress | None = None
    stale_after_days: int = Field(default=180, ge=1, le=3_650)


class ReceiverSettings(Section):
    """Where PagerDuty, Slack and monitoring tools reach Toban from outside."""

    public_url: WebAddress | None = None
