"""`toban labour report`: a team's labour month as files."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from toban.cli.warehouse_option import warehouse_option
from toban.clients.attendance_file import read_attendance
from toban.clients.labour_files import ENCODINGS, write_csv, write_workbook
from toban.clients.people_file import Employee, read_people
from toban.clients.warehouse import Warehouse
from toban.domain.labour.attendance import Attended
from toban.domain.labour.month import Period, period_of
from toban.errors import UsageError
from toban.jobs.claims import claims_of
from toban.jobs.labour_report import labour_report
from toban.locale import language
from toban.settings import Team
from toban.wiring import build


@click.group()
def command() -> None:
    """On-call as work: standby, call-outs and rest, by a team's own rules. No legal advice."""


@command.command()
@click.option("--team", "team_id", required=True, help="The team's id in toban.toml.")
@click.option("--month", required=True, help="As 2026-11; it ends with the team's closing_day.")
@click.option(
    "--people",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV with pagerduty_id, employee_number, legal_name and, if you like, time_zone.",
)
@click.option(
    "--attendance",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV of who worked when, for overtime; may be repeated.",
)
@click.option(
    "--excel", type=click.Path(dir_okay=False, path_type=Path), help="Write month, call-outs and rules to it."
)
@click.option(
    "--csv", "csv_path", type=click.Path(dir_okay=False, path_type=Path), help="Write the month to it."
)
@click.option("--encoding", type=click.Choice(list(ENCODINGS)), default="utf-8", help="Of the CSV file.")
@warehouse_option
def report(
    team_id: str,
    month: str,
    people: Path | None,
    attendance: tuple[Path, ...],
    excel: Path | None,
    csv_path: Path | None,
    encoding: str,
    directory: Path,
) -> None:
    """Count a team's labour month, for each person, from the restricted snapshot."""
    if not (excel or csv_path):
        raise UsageError("Say where to write: --excel FILE, --csv FILE, or both.")
    settings = build.settings()
    team = settings.team(team_id)
    employees = read_people(people) if people else {}
    with Warehouse(directory).read(restricted=True) as snapshot:
        made = labour_report(
            snapshot,
            team,
            claims_of(team, settings),
            _period(month, team),
            employees,
            language(team.language),
            _attendance(attendance, team, employees),
        )
    if excel:
        write_workbook(excel, made.tables)
    if csv_path:
        write_csv(csv_path, made.csv, encoding)
    click.echo(f"{len(made.months)} people, {made.period.first} to {made.period.last}.")


def _attendance(
    paths: tuple[Path, ...], team: Team, employees: Mapping[str, Employee]
) -> Mapping[str, Sequence[Attended]] | None:
    if not paths:
        return None
    read = read_attendance(paths, team.labour.attendance.columns, employees)
    if read.strangers:
        left_out = (
            f"Attendance left out: the people file lacks {len(read.strangers)} of its employee numbers."
        )
        click.echo(left_out, err=True)
    return read.by_person


def _period(month: str, team: Team) -> Period:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
    if found is None:
        raise UsageError(f"--month {month} is no month such as 2026-11.")
    return period_of(int(found[1]), int(found[2]), team.labour.closing_day)
