"""`toban report weekly`: the weekly report by hand."""

from datetime import UTC, datetime
from pathlib import Path

import click

from toban.domain.preview import preview
from toban.domain.report.weeks import week_meant
from toban.errors import UsageError
from toban.jobs.weekly_report import Action, WeeklyReport
from toban.wiring import build, speaking


@click.group()
def command() -> None:
    """Reports on a team's on-call life."""


@command.command()
@click.option("--team", "team_id", required=True, help="The team's id in toban.toml.")
@click.option("--week", help="As 2026-W46, or one of its days; by default the last whole week.")
@click.option("--dry-run", is_flag=True, help="Print what would be posted, and post nothing.")
@click.option("--correct", is_flag=True, help="Edit what was posted, with the numbers as they are now.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Also write the chart to this PNG file."
)
def weekly(team_id: str, week: str | None, dry_run: bool, correct: bool, chart: Path | None) -> None:
    """Report a team's week to its channel, once however often this is called."""
    if dry_run and correct:
        raise UsageError("--dry-run posts nothing and --correct edits: give one of them.")
    settings = build.settings()
    team, now = settings.team(team_id), datetime.now(UTC)
    day = week_meant(week, now, team.zone, settings.reporting.week_start)
    action: Action = "preview" if dry_run else "correct" if correct else "post"
    made = speaking.report(settings, team, day, now, action)
    if chart:
        chart.write_bytes(made.png)
    if dry_run:
        _show(made)
    else:
        click.echo(f"{made.key}: {'corrected' if correct else 'posted'} in {made.channel}.")


def _show(made: WeeklyReport) -> None:
    parts = [f"{made.key} -> {made.channel}", preview(made.message), f"[{made.chart.alt}]"]
    parts += [preview(part) for part in made.thread]
    if made.people:
        parts.append(preview(made.people))
    click.echo("\n\n".join(parts))
