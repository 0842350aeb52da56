"""The month as a team's settings want it in CSV."""

from collections.abc import Iterable, Mapping

from toban.domain.labour.month import PersonMonth
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.overtime_month import OvertimeMonth
from toban.domain.labour.rules import Rules
from toban.domain.labour.sheets.mapped import Column, TimeUnit, mapped_table, values
from toban.domain.labour.sheets.table import Table
from toban.domain.labour.staff import Staff
from toban.settings.labour import TeamLabour


def mapped(
    labour: TeamLabour,
    months: Iterable[PersonMonth],
    overtime: Iterable[OvertimeMonth],
    staff: Mapping[str, Staff],
    rules: Rules,
) -> Table:
    """In the order of ``months``; raises UsageError where rounding is asked for and the rules have none."""
    by_person = {one.person_id: one for one in overtime}
    lines = [
        values(one, staff[one.person_id], _name(one, labour), by_person.get(one.person_id)) for one in months
    ]
    columns = [Column(each.heading, each.value, each.rounded) for each in labour.csv.columns]
    return mapped_table(columns, TimeUnit(labour.csv.time), lines, rules.rounding)


def _name(one: PersonMonth, labour: TeamLabour) -> str:
    return str(MonthName.holding(one.period.last, labour.closing_day))
