"""`toban health report`: what on-call does to a team's people, for those who may see it."""

from datetime import UTC, datetime
from pathlib import Path

import click

from toban.cli.output import format_option, print_rows
from toban.cli.warehouse_option import warehouse_option
from toban.clients.warehouse import Warehouse
from toban.domain.health.rows import COLUMNS, SHOWN, rows, shown
from toban.domain.report.weeks import week_meant
from toban.jobs.health_report import health_report
from toban.wiring import build


@click.group()
def command() -> None:
    """How much on-call takes, whether it is even, and what is to come."""


@command.command()
@click.option("--team", "team_id", required=True, help="The team's id in toban.toml.")
@click.option("--week", help="As 2026-W46, or one of its days; by default the last whole week.")
@format_option
@warehouse_option
def report(team_id: str, week: str | None, style: str, directory: Path) -> None:
    """Measure a team's week against its limits, from the restricted snapshot; it names persons."""
    settings = build.settings()
    team, now = settings.team(team_id), datetime.now(UTC)
    day = week_meant(week, now, team.zone, settings.reporting.week_start)
    with Warehouse(directory).read(restricted=True) as restricted:
        made = health_report(team, settings=settings, restricted=restricted, week=day, now=now)
    if style == "table":
        click.echo(f"{made.team}, {made.week.start} to {made.last_day} ({made.time_zone})")
        print_rows(SHOWN, shown(made), style)
    else:
        print_rows(COLUMNS, rows(made), style)
