"""Long hours in a team's labour rules, and the attendance file that they are worked out from."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from toban.settings.forms import Section, Weekday

Hours = Annotated[float, Field(gt=0, le=8_784)]
Share = Annotated[Decimal, Field(ge=0, le=10)]


class Overtime(Section):
    """From how many hours on time is overtime, and the shares it adds to the hourly rate."""

    daily_hours: Hours
    weekly_hours: Hours
    week_begins: Weekday = "sun"
    long_after_hours: Hours = 60
    premium: Share = Decimal(0)
    long_premium: Share = Decimal(0)


class Agreement(Section):
    """How many hours of overtime an agreement allows; what is missing has no limit."""

    year_begins: int = Field(default=4, ge=1, le=12)
    month_hours: Hours | None = None
    year_hours: Hours | None = None
    special_month_hours: Hours | None = None
    special_mean_hours: Hours | None = None
    special_year_hours: Hours | None = None
    special_months: int | None = Field(default=None, ge=0, le=12)


class Rounding(Section):
    """How a month's totals are shown besides: in whole steps, of which a last one begins at ``up_from``."""

    step_minutes: int = Field(ge=1, le=60)
    up_from_minutes: int = Field(ge=1)

    @model_validator(mode="after")
    def _rounds_up_within_a_step(self) -> Self:
        if self.up_from_minutes > self.step_minutes:
            raise ValueError("up_from_minutes must not be more than step_minutes")
        return self


class AttendanceColumns(Section):
    """What the columns of the attendance file are called."""

    employee_number: str = "employee_number"
    pagerduty_id: str = "pagerduty_id"
    date: str = "date"
    start: str = "start"
    end: str = "end"
    break_minutes: str = "break_minutes"
    minutes: str = "minutes"
    night_minutes: str = "night_minutes"

    @model_validator(mode="after")
    def _each_is_another(self) -> Self:
        names = list(self.model_dump().values())
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} is given for two columns")
        return self


class Attendance(Section):
    """Where attendance files lie, and how to read them.

    ``sums_hold_call_outs`` is asked for where they hold sums of days.
    """

    directory: Path | None = None
    columns: AttendanceColumns = AttendanceColumns()
    sums_hold_call_outs: bool | None = None
