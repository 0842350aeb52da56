"""A team's labour month: shifts and deeds of the restricted snapshot, counted by the team's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from toban.clients.labour_data import read_deeds, read_shifts, read_titles
from toban.clients.people_file import Employee
from toban.clients.public_holidays import public_holidays
from toban.clients.warehouse import Snapshot
from toban.domain.claims import Claims
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import BEFORE, Period, PersonMonth
from toban.domain.labour.overtime_month import OvertimeMonth
from toban.domain.labour.sheets.evidence import evidence_table
from toban.domain.labour.sheets.month import month_table
from toban.domain.labour.sheets.overtime import overtime_table
from toban.domain.labour.sheets.rules import rules_table
from toban.domain.labour.sheets.table import Table
from toban.domain.labour.staff import Staff
from toban.domain.labour.team import called_by_person, team_months
from toban.domain.language import Language
from toban.domain.people import Person
from toban.domain.spans import Span
from toban.jobs.labour.csv_columns import mapped
from toban.jobs.labour.overtime import Attendance, overtime_months, overtime_since
from toban.jobs.labour.rulebook import rulebook
from toban.settings import Team
from toban.settings.labour import TeamLabour

AFTER = timedelta(days=2)  # call-outs that go on over the month's end are seen whole


@dataclass(frozen=True)
class LabourReport:
    """The month of everybody who stood by or was called, by name; and the same as tables.

    ``csv`` is the month as the team wants it in CSV; ``overtime`` is empty where it is not computed.
    """

    period: Period
    months: tuple[PersonMonth, ...]
    tables: tuple[Table, ...]
    csv: Table
    overtime: tuple[OvertimeMonth, ...] = ()


def labour_report(
    snapshot: Snapshot,
    team: Team,
    claims: Claims,
    period: Period,
    employees: Mapping[str, Employee],
    say: Language,
    attendance: Attendance | None = None,
) -> LabourReport:
    """The report of one labour month from a restricted snapshot; raises WarehouseError and SettingsError.

    ``attendance``, by person id, is what overtime is worked out from.
    """
    month, calendar = period.window(team.zone), _calendar(team.labour, period)
    around = Span(month.start - BEFORE, month.end + AFTER)
    since = min(around.start, overtime_since(team, calendar, period)) if attendance else around.start
    shifts = read_shifts(snapshot, around, claims.policies, team.schedules)
    deeds, doers = read_deeds(snapshot, Span(since, around.end), claims)
    people = {one.id: one for one in (*doers, *(shift.person for shift in shifts))}
    staff = {person.id: _staff(person, employees, team.zone) for person in people.values()}
    months = team_months(staff, shifts, [deed for deed in deeds if around.holds(deed.at)], calendar, period)
    incidents = {incident for one in months for call in one.call_outs for incident in call.incident_ids}
    rules = calendar.rulebook.in_force(period.last)
    tables = [
        month_table(months, staff, say, rules.rounding),
        evidence_table(months, staff, read_titles(snapshot, incidents), say),
        rules_table(calendar.rulebook, period, say, attendance=attendance is not None),
    ]
    overtime: tuple[OvertimeMonth, ...] = ()
    if attendance is not None and rules.overtime is not None:
        called = called_by_person(staff, deeds, calendar)
        overtime = overtime_months(team, calendar, months, staff, attendance, called)
        tables.insert(1, overtime_table(overtime, staff, rules, say))
    csv = mapped(team.labour, months, overtime, staff, rules) if team.labour.csv.columns else tables[0]
    return LabourReport(period, months, tuple(tables), csv, overtime)


def _calendar(labour: TeamLabour, period: Period) -> Calendar:
    years = {period.first.year - 1, period.first.year, period.last.year}
    countries = {rules.days.country for _, rules in labour.versions if rules.days.country}
    free = frozenset(day for country in sorted(countries) for day in public_holidays(country, years))
    moved = {day: DayKind(kind) for day, kind in labour.moved_days.items()}
    return Calendar(rulebook(labour), free, moved)


def _staff(person: Person, employees: Mapping[str, Employee], zone: ZoneInfo) -> Staff:
    """PagerDuty's time zone is a preference of display; days and nights are the contract's."""
    known = employees.get(person.id)
    if known is None:
        return Staff(person.id, person.name, zone)
    own = ZoneInfo(known.time_zone) if known.time_zone else zone
    return Staff(person.id, person.name, own, known.employee_number, known.legal_name)
