"""`toban backfill`: a longer history, a month at a time."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.progress import Progress, TaskID

from toban.cli.output import to_json
from toban.cli.pagerduty_option import (
    Moment,
    bar,
    bar_format_option,
    in_zone,
    pagerduty_from,
    pagerduty_option,
)
from toban.cli.sync import sentence
from toban.cli.warehouse_option import settings_if_any, warehouse_in, warehouse_option
from toban.errors import UsageError
from toban.jobs.backfill import Advance, backfill
from toban.jobs.sync_incidents import PAGERDUTYS_HOURS, UTC_WEEKS


@click.command()
@pagerduty_option
@warehouse_option
@click.option("--since", type=Moment(), required=True, help="The first day to have.")
@bar_format_option
def command(url: str | None, directory: Path, since: datetime, style: str) -> None:
    """Pull a longer history from PagerDuty, a month at a time, oldest first.

    Stop it whenever you like: the same command continues where it stopped. Syncs come through in between.
    """
    settings = settings_if_any()
    begin = in_zone(since, settings)
    if begin is None:
        raise UsageError("--since is required: the first day to have.")
    with bar(style) as progress:
        task = progress.add_task("asking how much there is", total=None)
        result = backfill(
            pagerduty_from(url, settings),
            warehouse_in(directory),
            datetime.now(UTC),
            begin,
            hours=settings.business_hours if settings else PAGERDUTYS_HOURS,
            reporting=settings.reporting if settings else UTC_WEEKS,
            on_progress=lambda step: _show(progress, task, step),
        )
    click.echo(to_json(asdict(result)) if style == "json" else sentence(result))


def _show(progress: Progress, task: TaskID, step: Advance) -> None:
    minutes = step.estimate.length.total_seconds() / 60
    at_best = f"{step.estimate.log_entries} log entries, {minutes:.0f} min at best"
    progress.update(
        task,
        description=f"read up to {step.until:%Y-%m-%d} ({at_best})",
        total=max(step.estimate.log_entries, 1),
        completed=step.log_entries,
    )
