"""A team's days: its rules, its country's public holidays, and the days it agreed to move."""

from toban.clients.public_holidays import public_holidays
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import Period
from toban.jobs.labour.rulebook import rulebook
from toban.settings.labour import TeamLabour


def calendar_of(labour: TeamLabour, period: Period) -> Calendar:
    """The team's days around that month; raises SettingsError for a country without known holidays."""
    years = {period.first.year - 1, period.first.year, period.last.year, period.last.year + 1}
    countries = {rules.days.country for _, rules in labour.versions if rules.days.country}
    free = frozenset(day for country in sorted(countries) for day in public_holidays(country, years))
    moved = {day: DayKind(kind) for day, kind in labour.moved_days.items()}
    return Calendar(rulebook(labour), free, moved)
