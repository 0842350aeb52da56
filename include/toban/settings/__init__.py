"""toban.toml as one frozen, validated object.

A key that is not known, or a value that is not safe, is refused with the key's name: a misspelt key
that is silently ignored is found out at night. Secrets never stand here; they come from Airflow's
connections or from the environment.
"""

from toban.settings.forms import EVERY_DAY
from toban.settings.intake import IntakeMapping, IntakeSettings
from toban.settings.loading import load_settings, parse_settings, settings_path
from toban.settings.root import Settings
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
from toban.settings.teams import Calling, QuietHours, Team
from toban.settings.triage import LanguageModelSettings

__all__ = [
    "EVERY_DAY",
    "AlertSettings",
    "BusinessHours",
    "Calling",
    "IntakeMapping",
    "IntakeSettings",
    "LanguageModelSettings",
    "PagerDutySettings",
    "QuietHours",
    "ReceiverSettings",
    "ReportingSettings",
    "RunbookSettings",
    "Settings",
    "SlackSettings",
    "Team",
    "WarehouseSettings",
    "load_settings",
    "parse_settings",
    "settings_path",
]
