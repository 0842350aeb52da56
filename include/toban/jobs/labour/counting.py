"""A team's labour month, counted: shifts and deeds of the restricted snapshot, the rules, the corrections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toban.clients.labour_data import read_deeds, read_shifts
from toban.clients.people_file import Employee
from toban.clients.warehouse import Snapshot
from toban.domain.claims import Claims
from toban.domain.labour.corrections import Correction
from toban.domain.labour.days import Calendar
from toban.domain.labour.month import BEFORE, Period, PersonMonth
from toban.domain.labour.staff import Staff
from toban.domain.labour.team import team_months
from toban.domain.people import Person
from toban.domain.spans import Span
from toban.errors import WarehouseError
from toban.jobs.labour.calendar import calendar_of
from toban.settings import Team

AFTER = timedelta(days=2)  # call-outs that go on over the month's end are seen whole


@dataclass(frozen=True)
class Counted:
    """The month of everybody who stood by or was called, by name; ``staff`` is by person id."""

    period: Period
    months: tuple[PersonMonth, ...]
    staff: Mapping[str, Staff]
    calendar: Calendar


@dataclass(frozen=True)
class Counter:
    """Counts months of one team; ``snapshot`` is a restricted one, ``employees`` are by PagerDuty's ids."""

    snapshot: Snapshot
    team: Team
    claims: Claims
    employees: Mapping[str, Employee]
    corrections: tuple[Correction, ...] = ()

    def count(self, period: Period) -> Counted:
        """One month; raises WarehouseError."""
        team, month = self.team, period.window(self.team.zone)
        around = Span(month.start - BEFORE, month.end + AFTER)
        shifts = read_shifts(self.snapshot, around, self.claims.policies, team.schedules)
        deeds, doers = read_deeds(self.snapshot, around, self.claims)
        people = {one.id: one for one in (*doers, *(shift.person for shift in shifts))}
        staff = {person.id: self._staff(person) for person in people.values()}
        calendar = calendar_of(team.labour, period)
        months = team_months(staff, shifts, deeds, self.corrections, calendar, period)
        return Counted(period, months, staff, calendar)

    def require_whole(self, period: Period) -> None:
        """Raises WarehouseError where the snapshot ends before the month does."""
        until, end, zone = self.snapshot.synced_until, period.window(self.team.zone).end, self.team.zone
        if until is None or until < end:
            shown = _shown(until, zone) if until else "nowhere"
            raise WarehouseError(
                f"The month {period.name} ends at {_shown(end, zone)}, and the warehouse reaches to {shown}; "
                "let toban sync run after that."
            )

    def _staff(self, person: Person) -> Staff:
        """PagerDuty's time zone is a preference of display; days and nights are the contract's."""
        zone, known = self.team.zone, self.employees.get(person.id)
        if known is None:
            return Staff(person.id, person.name, zone)
        own = ZoneInfo(known.time_zone) if known.time_zone else zone
        return Staff(person.id, person.name, own, known.employee_number, known.legal_name)


def _shown(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(" ", "minutes")
