"""toban.toml as one object, and the rules that tie its tables together."""

from collections import Counter
from typing import Self

from pydantic import Field, model_validator

from toban.errors import SettingsError
from toban.settings.forms import ChannelName, LanguageCode, Section
from toban.settings.health import HealthLimits
from toban.settings.intake import IntakeSettings
from toban.settings.sections import (
    AlertSettings,
    BusinessHours,
    PagerDutySettings,
    ReceiverSettings,
    ReportingSettings,
    RunbookSettings,
    SlackSettings,
    WarehouseSettings,
)
from toban.settings.teams import Team
from toban.settings.triage import TriageSettings


class Settings(Section):
    """Everything toban.toml may say."""

    fallback_channel: ChannelName
    language: LanguageCode = "en"
    pagerduty: PagerDutySettings = PagerDutySettings()
    slack: SlackSettings = SlackSettings()
    warehouse: WarehouseSettings = WarehouseSettings()
    reporting: ReportingSettings = ReportingSettings()
    business_hours: BusinessHours = BusinessHours()
    alerts: AlertSettings = AlertSettings()
    health: HealthLimits = HealthLimits()
    runbooks: RunbookSettings = RunbookSettings()
    triage: TriageSettings = TriageSettings()
    receivers: ReceiverSettings = ReceiverSettings()
    intake: tuple[IntakeSettings, ...] = ()
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

    @model_validator(mode="after")
    def _intakes_have_names_of_their_own(self) -> Self:
        twice = [name for name, n in Counter(each.id for each in self.intake).items() if n > 1]
        if twice:
            raise ValueError(f"intake.id {twice[0]!r} is used twice; each tool's address needs its own")
        return self

    def team(self, team_id: str) -> Team:
        """The team of that id; raises SettingsError naming the ones there are."""
        for team in self.teams:
            if team.id == team_id:
                return team
        known = ", ".join(team.id for team in self.teams)
        raise SettingsError(f"There is no team {team_id!r} in toban.toml; there are: {known}.")
