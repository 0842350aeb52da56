"""On which days labour months are reported; light, for DAG files ask at every parse."""

from collections.abc import Iterable
from datetime import date

from toban.domain.labour.due import report_day
from toban.domain.labour.month import period_of
from toban.jobs.labour.calendar import calendar_of
from toban.settings import Team


def report_days(team: Team, years: Iterable[int]) -> list[date]:
    """For each labour month that ends in these years the first working day after it, in order."""
    periods = [period_of(year, month, team.labour.closing_day) for year in years for month in range(1, 13)]
    return [report_day(period, calendar_of(team.labour, period)) for period in periods]
