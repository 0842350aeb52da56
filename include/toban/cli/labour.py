"""`toban labour`: a team's labour month as files, what people say of it, and closing it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from toban.cli.warehouse_option import warehouse_option
from toban.clients.corrections_file import read_corrections
from toban.clients.labour_files import ENCODINGS, Encoding, write_csv, write_workbook
from toban.clients.ledger import Ledger
from toban.clients.warehouse import Warehouse
from toban.domain.labour.month import Period, parse_month
from toban.errors import UsageError, WarehouseError
from toban.jobs.labour.closing import answer_for, close_month
from toban.jobs.labour.correcting import correct as correct_call_outs
from toban.jobs.labour.counting import Counter
from toban.jobs.labour.month import LabourReport, month_report
from toban.jobs.labour.telling import Action
from toban.locale import language
from toban.settings import Team
from toban.wiring import build, labour

FILE = click.Path(dir_okay=False, path_type=Path)
team_option = click.option("--team", "team_id", required=True, help="The team's id in toban.toml.")
month_option = click.option("--month", required=True, help="As 2026-11; it ends with the team's closing_day.")
people_option = click.option(
    "--people",
    type=FILE,
    help="CSV with pagerduty_id, employee_number, legal_name and, if you like, time_zone; by default the "
    "team's people_file.",
)
attendance_option = click.option(
    "--attendance",
    multiple=True,
    type=FILE,
    help="CSV of who worked when, for overtime; may be repeated; by default the team's attendance.directory.",
)
by_option = click.option("--by", required=True, help="Who says so.")


@click.group()
def command() -> None:
    """On-call as work: standby, call-outs and rest, by a team's own rules. No legal advice."""


@command.command()
@team_option
@month_option
@people_option
@attendance_option
@click.option("--excel", type=FILE, help="Write all tables to it.")
@click.option("--csv", "csv_path", type=FILE, help="Write the month to it.")
@click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8", help="Of the CSV file.")
@warehouse_option
def report(
    team_id: str,
    month: str,
    people: Path | None,
    attendance: tuple[Path, ...],
    excel: Path | None,
    csv_path: Path | None,
    encoding: Encoding,
    directory: Path,
) -> None:
    """Count a team's labour month, for each person, from the restricted snapshot."""
    if not (excel or csv_path):
        raise UsageError("Say where to write: --excel FILE, --csv FILE, or both.")
    with _desk(team_id, directory, people, attendance) as desk:
        made = desk.report(month)
        _say_what_is_missing(desk.counter, made.period)
    if excel:
        write_workbook(excel, made.tables)
    if csv_path:
        write_csv(csv_path, made.csv, encoding)
    closed = f" Closed by {made.closing.by}." if made.closing else ""
    click.echo(
        f"{len(made.standpoints)} people, {made.period.first} to {made.period.last}.{closed} No legal advice."
    )


@command.command()
@team_option
@month_option
@click.option("--correct", is_flag=True, help="Also edit the team's message, if it was posted before.")
def post(team_id: str, month: str, correct: bool) -> None:
    """Ask each person by direct message, and tell the team's private channel; once, however often it runs."""
    settings = build.settings()
    team = settings.team(team_id)
    action: Action = "correct" if correct else "post"
    period = parse_month(month, team.labour.closing_day)
    made = labour.report(settings, team, period, action, datetime.now(UTC))
    if not made.said:
        click.echo("Nobody was told: the team's mode is observe, or it has no people_channel.")
    elif made.unreached:
        click.echo(f"Told. Not in Slack: {', '.join(made.unreached)}.")
    else:
        click.echo("Told.")


@command.command()
@team_option
@click.argument("file", type=FILE)
@warehouse_option
def correct(team_id: str, file: Path, directory: Path) -> None:
    """Keep corrections of call-outs from a CSV file: call_out, verdict, by, at, why, from, until."""
    now = datetime.now(UTC)
    with _desk(team_id, directory) as desk:
        given = read_corrections(file, desk.team.zone, now)
        new = correct_call_outs(desk.counter, desk.ledger, given, now)
    click.echo(f"{new} corrections kept, {len(given) - new} were known.")


@command.command()
@team_option
@month_option
@click.option("--person", required=True, help="PagerDuty's id of the person who says so.")
@click.option("--wrong", metavar="TEXT", help="What is wrong; without it the month is right.")
@by_option
@warehouse_option
def confirm(team_id: str, month: str, person: str, wrong: str | None, by: str, directory: Path) -> None:
    """Keep what a person said of the own month elsewhere than in Slack."""
    with _desk(team_id, directory) as desk:
        answer_for(desk.report(month), desk.ledger, person, by, wrong, datetime.now(UTC))
    click.echo("Kept.")


@command.command()
@team_option
@month_option
@by_option
@people_option
@attendance_option
@warehouse_option
def close(
    team_id: str,
    month: str,
    by: str,
    people: Path | None,
    attendance: tuple[Path, ...],
    directory: Path,
) -> None:
    """Approve a month: it stays as it is from then on, and what changes later is a difference."""
    with _desk(team_id, directory, people, attendance) as desk:
        made = desk.report(month)
        desk.counter.require_whole(made.period)
        if not close_month(desk.ledger, team_id, made.settlement, by, datetime.now(UTC)):
            raise UsageError(f"{month} was closed before; what has changed since is a difference.")
    click.echo(f"{month} is closed.")


def _say_what_is_missing(counter: Counter, period: Period) -> None:
    try:
        counter.require_whole(period)
    except WarehouseError as error:
        click.echo(f"Not the whole month: {error}", err=True)


@dataclass(frozen=True)
class _Desk:
    team: Team
    counter: Counter
    ledger: Ledger

    def report(self, month: str) -> LabourReport:
        period = parse_month(month, self.team.labour.closing_day)
        return month_report(self.counter, self.ledger, period, language(self.team.language))


@contextmanager
def _desk(
    team_id: str, directory: Path, people: Path | None = None, attendance: tuple[Path, ...] = ()
) -> Iterator[_Desk]:
    settings = build.settings()
    team = settings.team(team_id)
    with labour.counter(settings, team, Warehouse(directory), people, attendance) as counter:
        if counter.strangers:
            numbers = f"the people file lacks {len(counter.strangers)} of its employee numbers"
            click.echo(f"Attendance left out: {numbers}.", err=True)
        yield _Desk(team, counter, build.ledger())
