"""The CSV file as another system wants it: which columns, by which names, and the unit of time."""

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from toban.settings.forms import Section

Text = Literal["employee_number", "name", "pagerduty_id", "month", "first_day", "last_day"]
Number = Literal[
    "calls",
    "calls_to_confirm",
    "short_rests",
    "days_in_a_row",
    "days_attended",
    "standby_allowance",
    "call_out_fees",
    "response_pay",
    "overtime_pay",
    "long_overtime_pay",
    "holiday_pay",
    "night_premium",
]
Time = Literal[
    "standby",
    "standby_workday",
    "standby_legal_holiday",
    "standby_other_holiday",
    "response",
    "response_workday",
    "response_workday_night",
    "response_legal_holiday",
    "response_legal_holiday_night",
    "response_other_holiday",
    "response_other_holiday_night",
    "rest_missing",
    "worked",
    "within_legal_hours",
    "overtime",
    "long_overtime",
    "legal_holiday_work",
    "night_work",
]


class CsvColumn(Section):
    """One column; ``rounded`` is for times, by the rules' rounding."""

    heading: str = Field(min_length=1, max_length=80)
    value: Text | Number | Time
    rounded: bool = False

    @model_validator(mode="after")
    def _only_times_are_rounded(self) -> Self:
        if self.rounded and self.value not in get_args(Time):
            raise ValueError(f"{self.value} is no time, so it cannot be rounded")
        return self


class Csv(Section):
    """Without columns, the file is the month's sheet."""

    encoding: Literal["utf-8", "cp932"] = "utf-8"
    time: Literal["minutes", "h:mm", "hours"] = "minutes"
    columns: tuple[CsvColumn, ...] = ()

    @model_validator(mode="after")
    def _each_heading_once(self) -> Self:
        headings = [column.heading for column in self.columns]
        twice = [heading for heading in headings if headings.count(heading) > 1]
        if twice:
            raise ValueError(f"the heading {twice[0]!r} is given twice")
        return self
