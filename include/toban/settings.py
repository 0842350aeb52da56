"""toban.toml as one frozen, validated object.

A key that is not known, or a value that is not safe, is refused with the key's name: a misspelt key
that is silently ignored is found out at night. Secrets never stand here; they come from Airflow's
connections or from the environment.
"""

import os
import re
import tomllib
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from toban.errors import SettingsError

SECRET_WORDS = ("token", "secret", "password", "api_key", "apikey")
API_URLS = {"us": "https://api.pagerduty.com", "eu": "https://api.eu.pagerduty.com"}


def _known_zone(name: str) -> str:
    if name not in available_timezones() or name == "localtime":  # the machine's own, which others lack
        raise ValueError("is not an IANA time zone such as Asia/Tokyo")
    return name


def _without_seconds(moment: time) -> time:
    if moment.second or moment.microsecond or moment.tzinfo:
        raise ValueError("must be hours and minutes such as 10:00, without seconds or zone")
    return moment


def _like(pattern: str, rule: str) -> AfterValidator:
    """A text of that form; the rule says the form to people."""

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be {rule}")
        return text

    return AfterValidator(checked)


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LanguageCode = Literal["en", "ja"]
EVERY_DAY: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Zone = Annotated[str, AfterValidator(_known_zone)]
Clock = Annotated[time, AfterValidator(_without_seconds)]
ChannelName = Annotated[
    str,
    _like(r"#[^\s#@,<>&]{1,80}|[CGD][A-Z0-9]{2,20}", "a channel such as #oncall, or an id such as C0123456"),
]
PagerDutyId = Annotated[str, _like(r"[A-Za-z0-9_-]{1,40}", "an id of PagerDuty's such as PABC123")]
Slug = Annotated[
    str,
    _like(r"[a-z0-9][a-z0-9_-]{0,39}", "lower-case letters, digits, - and _ (40 at most), as in pay-jp"),
]
Email = Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")]
SlackUserId = Annotated[str, _like(r"[UW][A-Z0-9]{2,20}", "a Slack user's id such as U0123456")]
UserGroupId = Annotated[str, _like(r"S[A-Z0-9]{2,20}", "a Slack user group's id such as S0123456")]
WebAddress = Annotated[str, _like(r"https?://\S+", "an address such as https://airflow.example.com")]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class PagerDutySettings(_Section):
    """Where PagerDuty is, and as whom Toban writes there."""

    region: Literal["us", "eu"] = "us"
    from_email: Email | None = None
    history_days: int = Field(default=90, ge=1, le=1_100)

    @property
    def api_url(self) -> str:
        """The region's REST address."""
        return API_URLS[self.region]


class SlackSettings(_Section):
    """The trial channel, and people whose e-mail differs between PagerDuty and Slack."""

    trial_channel: ChannelName | None = None
    user_overrides: dict[str, SlackUserId] = {}


class WarehouseSettings(_Section):
    """Where the warehouse's files lie."""

    directory: Path = Path("data/warehouse")


class ReportingSettings(_Section):
    """How weeks are cut and what reports compare with."""

    time_zone: Zone = "UTC"
    week_start: Literal["monday", "sunday"] = "monday"
    trend_weeks: int = Field(default=8, ge=2, le=52)
    improvements_since: date | None = None
    airflow_url: WebAddress | None = None


class BusinessHours(_Section):
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


class Team(_Section):
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

    @property
    def zone(self) -> ZoneInfo:
        """The team's time zone, ready for use."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _can_be_found_in_pagerduty(self) -> Self:
        if not (self.escalation_policies or self.schedules):
            raise ValueError("escalation_policies or schedules must name whose duty is announced")
        return self


class Settings(_Section):
    """Everything toban.toml may say."""

    fallback_channel: ChannelName
    language: LanguageCode = "en"
    pagerduty: PagerDutySettings = PagerDutySettings()
    slack: SlackSettings = SlackSettings()
    warehouse: WarehouseSettings = WarehouseSettings()
    reporting: ReportingSettings = ReportingSettings()
    business_hours: BusinessHours = BusinessHours()
    teams: tuple[Team, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _teams_fit_together(self) -> Self:
        twice = [name for name, n in Counter(team.id for team in self.teams).items() if n > 1]
        if twice:
            raise ValueError(f"teams.id {twice[0]!r} is used twice; each team needs its own")
        for team in self.teams:
            if team.mode == "observe" and self.slack.trial_channel is None:
                raise ValueError(
                    f"slack.trial_channel is missing, and team {team.id!r} (mode observe) posts there"
                )
            if team.mode == "act" and self.pagerduty.from_email is None:
                raise ValueError(
                    f"pagerduty.from_email is missing, and team {team.id!r} (mode act) writes as it"
                )
        return self

    def team(self, team_id: str) -> Team:
        """The team of that id; raises SettingsError naming the ones there are."""
        for team in self.teams:
            if team.id == team_id:
                return team
        known = ", ".join(team.id for team in self.teams)
        raise SettingsError(f"There is no team {team_id!r} in toban.toml; there are: {known}.")


def settings_path() -> Path:
    """`TOBAN_SETTINGS`, else toban.toml in the current folder."""
    return Path(os.environ.get("TOBAN_SETTINGS", "toban.toml"))


def load_settings(path: Path) -> Settings:
    """Read and check toban.toml; raises SettingsError with the key's name and the rule."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}); copy toban.example.toml there, or set TOBAN_SETTINGS."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error
    return parse_settings(values, source=str(path))


def parse_settings(values: dict[str, Any], source: str = "toban.toml") -> Settings:
    """The checked object for values already read; raises SettingsError as `load_settings` does."""
    _refuse_secrets(values, source)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(f"{source}: {_first_sentence(error)}") from None


def _refuse_secrets(values: dict[str, Any], source: str, prefix: str = "") -> None:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if any(word in key.lower() for word in SECRET_WORDS):
            raise SettingsError(
                f"{source}: {name} looks like a secret; keep it in an Airflow connection or the environment."
            )
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, dict):
                _refuse_secrets(child, source, f"{name}.")


def _first_sentence(error: ValidationError) -> str:
    # A misspelt key also shows up as a missing one: the misspelling is what to mend.
    problem = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in problem["loc"]) or "settings"
    if problem["type"] == "extra_forbidden":
        return f"{key} is not a known key; see the settings reference."
    if problem["type"] == "missing":
        return f"{key} is required and missing."
    is_list = problem["type"] == "tuple_type"
    rule = "must be a list in square brackets" if is_list else problem["msg"].removeprefix("Value error, ")
    if key == "settings":
        return f"{rule}."
    if isinstance(problem["input"], dict):
        return f"{key}: {rule}."
    return f"{key} = {problem['input']!r}: {rule}."
