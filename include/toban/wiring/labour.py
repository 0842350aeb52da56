"""The labour month with real clients: what a DAG's run and the commands do alike."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from toban.clients.attendance_file import read_attendance
from toban.clients.pagerduty.on_calls import person
from toban.clients.people_file import read_people
from toban.clients.warehouse import Warehouse
from toban.domain.labour.month import Period
from toban.domain.people import Person
from toban.errors import PagerDutyRefused
from toban.jobs.claims import claims_of
from toban.jobs.labour.counting import Counter
from toban.jobs.labour.telling import Action, Voice
from toban.jobs.labour_report import Reported, labour_report
from toban.settings import Settings, Team
from toban.wiring import build


@contextmanager
def counter(
    settings: Settings,
    team: Team,
    warehouse: Warehouse,
    people: Path | None = None,
    attendance: Iterable[Path] = (),
) -> Iterator[Counter]:
    """Counts the team's months from the restricted snapshot.

    ``people`` and ``attendance`` are read instead of the files that the settings name.
    """
    file = people or team.labour.people_file
    employees = read_people(file) if file else {}
    files = list(attendance) or _attendance_files(team)
    attended = read_attendance(files, team.labour.attendance.columns, employees) if files else None
    with warehouse.read(restricted=True) as snapshot:
        yield Counter(
            snapshot,
            team,
            claims_of(team, settings),
            employees,
            attendance=attended.by_person if attended else None,
            strangers=attended.strangers if attended else frozenset(),
        )


def _attendance_files(team: Team) -> list[Path]:
    directory = team.labour.attendance.directory
    return sorted(directory.glob("*.csv")) if directory else []


def report(settings: Settings, team: Team, period: Period, action: Action, now: datetime) -> Reported:
    """Report one month of the team."""
    speaks = action != "preview" and team.mode != "observe" and team.people_channel
    voice = _voice(settings) if speaks else None
    with counter(settings, team, build.warehouse(settings)) as counting:
        return labour_report(counting, build.ledger(), period, action, now, voice)


def _voice(settings: Settings) -> Voice:
    slack, pagerduty = build.slack(), build.pagerduty(settings)
    people = build.people(settings, slack)

    def account(person_id: str) -> str | None:
        """By the e-mail that PagerDuty tells; it is asked for and not kept."""
        try:
            known = person(pagerduty.get(f"users/{person_id}")["user"])
        except PagerDutyRefused:  # the person has left PagerDuty; an override may still name them
            known = Person(person_id, person_id)
        return people.id_of(known)

    return Voice(slack, build.messenger(slack), account, settings)
