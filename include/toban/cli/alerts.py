"""`toban alerts`: one alert pass by hand."""

from dataclasses import astuple, fields

import click

from toban.cli.output import format_option, print_rows
from toban.errors import UsageError
from toban.jobs.alerting.preview import Planned
from toban.wiring import alerts, build


@click.group()
def command() -> None:
    """What happens when an alert fires."""


@command.command()
@click.option("--dry-run", is_flag=True, help="Say what the pass would do, and do nothing.")
@format_option
def run(dry_run: bool, style: str) -> None:
    """Say and do what is missing now, as the DAG does each minute; twice is as good as once."""
    settings = build.settings()
    if dry_run:
        columns = [field.name for field in fields(Planned)]
        print_rows(columns, [list(astuple(each)) for each in alerts.planned_pass(settings)], style)
        return
    if style != "table":
        raise UsageError(f"--format {style} is for --dry-run: a pass itself gives one sentence.")
    summary = alerts.alert_pass(settings)
    click.echo(f"{summary.done} done in {summary.rounds} rounds, {summary.left} left for the next pass.")
