"""A team's labour month: shifts and deeds of the restricted snapshot, counted by the team's rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from toban.clients.labour_data import read_deeds, read_shifts, read_titles
from toban.clients.people_file import Employee
from toban.clients.public_holidays import public_holidays
from toban.clients.warehouse import Snapshot
from toban.domain.claims import Claims
from toban.domain.labour.callouts import call_outs
from toban.domain.labour.corrections import Correction, corrected
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import BEFORE, Period, PersonMonth, person_month
from toban.domain.labour.nouns import CallOut
from toban.domain.labour.rules import CallOutRule
from toban.domain.labour.sheets import Table, evidence_table, month_table, rules_table
from toban.domain.labour.staff import Staff
from toban.domain.language import Language
from toban.domain.people import Person
from toban.domain.spans import Span
from toban.jobs.labour.rulebook import rulebook
from toban.settings import Team
from toban.settings.labour import TeamLabour


@dataclass(frozen=True)
class LabourReport:
    """The month of everybody who stood by or was called, by name; and the same as tables."""

    period: Period
    months: tuple[PersonMonth, ...]
    tables: tuple[Table, ...]


def labour_report(
    snapshot: Snapshot,
    team: Team,
    claims: Claims,
    period: Period,
    employees: Mapping[str, Employee],
    corrections: Iterable[Correction],
    say: Language,
) -> LabourReport:
    """The report of one labour month from a restricted snapshot; raises WarehouseError and SettingsError."""
    calendar, window = _calendar(team.labour, period), period.window(team.zone)
    around = Span(window.start - BEFORE, window.end + timedelta(days=2))  # call-outs over its end are whole
    shifts = read_shifts(snapshot, around, claims.policies, team.schedules)
    deeds, doers = read_deeds(snapshot, around, claims)
    people = {one.id: one for one in (*doers, *(shift.person for shift in shifts))}
    staff = {person.id: _staff(person, employees, team.zone) for person in people.values()}

    def rule_at(person_id: str, at: datetime) -> CallOutRule:
        return calendar.rulebook.in_force(at.astimezone(staff[person_id].zone).date()).call_out

    called = _by_person(corrected(call_outs(deeds, rule_at), corrections))
    spans = {
        person_id: [shift.span for shift in shifts if shift.person.id == person_id] for person_id in people
    }
    found = (
        person_month(
            one.person_id, period, calendar, one.zone, spans[one.person_id], called.get(one.person_id, [])
        )
        for one in sorted(staff.values(), key=lambda one: (one.name, one.person_id))
    )
    months = tuple(month for month in found if month.standby.total or month.call_outs)
    titles = read_titles(
        snapshot, {i for month in months for call in month.call_outs for i in call.incident_ids}
    )
    tables = (
        month_table(months, staff, say),
        evidence_table(months, staff, titles, say),
        rules_table(calendar.rulebook, period, say),
    )
    return LabourReport(period, months, tables)


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


def _by_person(called: Sequence[CallOut]) -> Mapping[str, list[CallOut]]:
    return {person_id: list(run) for person_id, run in groupby(called, key=lambda one: one.person_id)}
