"""The month as a team's settings want it in CSV."""

from toban.domain.labour.rules import Rules
from toban.domain.labour.sheets.mapped import Column, TimeUnit, mapped_table, values
from toban.domain.labour.sheets.table import Table
from toban.jobs.labour.counting import Counted
from toban.settings.labour import TeamLabour


def mapped(labour: TeamLabour, counted: Counted, rules: Rules) -> Table:
    """In the order of the months; raises UsageError where rounding is asked for and the rules have none."""
    overtime = {one.person_id: one for one in counted.overtime}
    lines = [
        values(one, counted.staff[one.person_id], counted.period.name, overtime.get(one.person_id))
        for one in counted.months
    ]
    columns = [Column(each.heading, each.value, each.rounded) for each in labour.csv.columns]
    return mapped_table(columns, TimeUnit(labour.csv.time), lines, rules.rounding)
