"""A team's labour rules: a preset, what the team says otherwise, and what changed since when."""

import tomllib
from datetime import date, time
from decimal import Decimal
from functools import cache, reduce
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from toban.settings.forms import Clock, PagerDutyId, Section, Weekday
from toban.settings.labour_csv import Csv
from toban.settings.labour_hours import Agreement, Attendance, Overtime, Rounding

Kind = Literal["workday", "legal_holiday", "other_holiday"]
Minutes = Annotated[int, Field(ge=0, le=1_440)]
Amount = Annotated[Decimal, Field(ge=0)]


class Days(Section):
    """Which days are free; ``country`` (ISO, with an optional subdivision) says whose public holidays."""

    legal_holiday: Weekday | Literal["none"] = "none"
    off: tuple[Weekday, ...] = ("sat", "sun")
    public_holidays: bool = False
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")


class Hours(Section):
    """A stretch of each day; the end may be on the next day."""

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="until")


class CallOutTime(Section):
    """How deeds in PagerDuty become minutes."""

    tail_minutes: Minutes = 10
    shortest_minutes: Minutes = 15
    longest_minutes: Minutes = 180
    unanswered: bool = True

    @model_validator(mode="after")
    def _shortest_is_not_longer(self) -> Self:
        if self.shortest_minutes > self.longest_minutes:
            raise ValueError("shortest_minutes must not be more than longest_minutes")
        return self


class Rest(Section):
    """What duty must leave; what is missing is not computed."""

    shortest_hours: float | None = Field(default=None, gt=0, le=24)
    working_hours: Hours | None = None


class Pay(Section):
    """Allowances, in one currency; what is zero is not shown."""

    standby_workday: Amount = Decimal(0)
    standby_legal_holiday: Amount = Decimal(0)
    standby_other_holiday: Amount = Decimal(0)
    call_out: Amount = Decimal(0)
    hourly: Amount | None = None
    premium_workday: Amount = Decimal(0)
    premium_legal_holiday: Amount = Decimal(0)
    premium_other_holiday: Amount = Decimal(0)
    night_premium: Amount = Decimal(0)


class LabourRules(Section):
    """One whole version of the rules."""

    name: str = Field(min_length=1, max_length=80)
    days: Days = Days()
    night: Hours | None = None
    call_out: CallOutTime = CallOutTime()
    rest: Rest = Rest()
    pay: Pay = Pay()
    overtime: Overtime | None = None
    agreement: Agreement = Agreement()
    rounding: Rounding | None = None


class Change(Section):
    """What is otherwise from the beginning of that day on."""

    since: date
    rules: dict[str, Any]


class Preset(Section):
    """Rules to begin with, and what law changed in them since when."""

    rules: dict[str, Any]
    changes: tuple[Change, ...] = ()

    def of(self, day: date) -> tuple[dict[str, Any], ...]:
        """What holds on that day, the later above the earlier."""
        return (self.rules, *_of(self.changes, day))


class TeamLabour(Section):
    """The team's labour month and its rules; ``rules`` says what differs from the preset."""

    preset: Literal["plain", "japan", "eu"] = "plain"
    monthly_report: bool = False
    approvers: tuple[PagerDutyId, ...] = ()
    people_file: Path | None = None
    directory: Path | None = None
    report_at: Clock = time(10)
    closing_day: int | None = Field(default=None, ge=1, le=28)
    rules: dict[str, Any] = Field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    moved_days: dict[date, Kind] = Field(default_factory=dict)
    attendance: Attendance = Attendance()
    csv: Csv = Csv()

    @property
    def versions(self) -> tuple[tuple[date, LabourRules], ...]:
        """Each version whole, with the day it takes effect, in order."""
        days = sorted({date.min, *(change.since for change in (*self._preset.changes, *self.changes))})
        return tuple((day, LabourRules.model_validate(self._in_force(day))) for day in days)

    @property
    def _preset(self) -> Preset:
        return _preset(self.preset)

    def _in_force(self, day: date) -> dict[str, Any]:
        """The preset as it was that day, and above it what the team says."""
        layers = (*self._preset.of(day), self.rules, *_of(self.changes, day))
        return reduce(_overlaid, layers)

    @model_validator(mode="after")
    def _every_version_is_whole(self) -> Self:
        _ = self.versions
        return self


@cache
def _preset(name: str) -> Preset:
    text = files("toban.settings").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    return Preset.model_validate(tomllib.loads(text))


def _of(changes: tuple[Change, ...], day: date) -> list[dict[str, Any]]:
    """The changes that have taken effect, in order."""
    begun = (change for change in changes if change.since <= day)
    return [change.rules for change in sorted(begun, key=lambda change: change.since)]


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """What is said above wins, table by table."""
    return below | {
        key: _overlaid(below[key], value)
        if isinstance(value, dict) and isinstance(below.get(key), dict)
        else value
        for key, value in above.items()
    }
