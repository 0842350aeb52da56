"""A team's labour month, counted: shifts and deeds of the restricted snapshot, the rules, the corrections."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toban.clients.labour_data import read_deeds, read_known, read_shifts
from toban.clients.people_file import Employee
from toban.clients.warehouse import Snapshot
from toban.domain.claims import Claims
from toban.domain.labour.corrections import Correction
from toban.domain.labour.days import Calendar
from toban.domain.labour.month import BEFORE, Period, PersonMonth
from toban.domain.labour.nouns import Deed
from toban.domain.labour.overtime_month import OvertimeMonth
from toban.domain.labour.staff import Staff
from toban.domain.labour.team import called_by_person, team_months
from toban.domain.people import Person
from toban.domain.spans import Span
from toban.errors import WarehouseError
from toban.jobs.labour.calendar import calendar_of
from toban.jobs.labour.overtime import Attendance, overtime_months, overtime_since
from toban.settings import Team

AFTER = timedelta(days=2)  # call-outs that go on over the month's end are seen whole


@dataclass(frozen=True)
class Counted:
    """The month of everybody who stood by or was called, by name; ``staff`` is by person id.

    ``overtime`` is empty where it is not computed.
    """

    period: Period
    months: tuple[PersonMonth, ...]
    staff: Mapping[str, Staff]
    calendar: Calendar
    overtime: tuple[OvertimeMonth, ...] = ()


@dataclass(frozen=True)
class Counter:
    """Counts months of one team; ``snapshot`` is a restricted one, ``employees`` are by PagerDuty's ids.

    ``attendance``, by PagerDuty's ids, is what overtime is worked out from; ``strangers`` are employee
    numbers in it that nobody has.
    """

    snapshot: Snapshot
    team: Team
    claims: Claims
    employees: Mapping[str, Employee]
    corrections: tuple[Correction, ...] = ()
    attendance: Attendance | None = None
    strangers: frozenset[str] = frozenset()

    def count(self, period: Period) -> Counted:
        """One month; raises WarehouseError, and SettingsError for rules that cannot be applied."""
        team, month, calendar = (
            self.team,
            period.window(self.team.zone),
            calendar_of(self.team.labour, period),
        )
        around = Span(month.start - BEFORE, month.end + AFTER)
        since = min(around.start, overtime_since(team, calendar, period)) if self.attendance else around.start
        shifts = read_shifts(self.snapshot, around, self.claims.policies, team.schedules)
        deeds, doers = read_deeds(self.snapshot, Span(since, around.end), self.claims)
        people = {one.id: one for one in (*doers, *(shift.person for shift in shifts))}
        staff = {person.id: self._staff(person) for person in people.values()}
        near = [deed for deed in deeds if around.holds(deed.at)]
        months = team_months(staff, shifts, near, self.corrections, calendar, period)
        overtime = self._overtime(months, deeds, staff, calendar)
        return Counted(period, months, staff, calendar, overtime)

    def _overtime(
        self,
        months: Iterable[PersonMonth],
        deeds: Iterable[Deed],
        staff: Mapping[str, Staff],
        calendar: Calendar,
    ) -> tuple[OvertimeMonth, ...]:
        """Out of attendance and the call-outs of the year before; raises SettingsError."""
        months = tuple(months)
        if (
            self.attendance is None
            or not months
            or not calendar.rulebook.in_force(months[0].period.last).overtime
        ):
            return ()
        called = called_by_person(staff, deeds, self.corrections, calendar)
        return overtime_months(self.team, calendar, months, staff, self.attendance, called)

    def require_whole(self, period: Period) -> None:
        """Raises WarehouseError where the snapshot begins after the month does, or ends before it."""
        zone = self.team.zone
        month, (known, _) = period.window(zone), read_known(self.snapshot)
        if known is None or month.end > known.end:
            shown = _shown(known.end, zone) if known else "nowhere"
            raise WarehouseError(
                f"The month {period.name} ends at {_shown(month.end, zone)}, and the warehouse reaches to "
                f"{shown}; let toban sync run after that."
            )
        if month.start < known.start:
            raise WarehouseError(
                f"The month {period.name} begins at {_shown(month.start, zone)}, and the warehouse holds "
                f"incidents and shifts since {_shown(known.start, zone)}; no earlier month is whole."
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
