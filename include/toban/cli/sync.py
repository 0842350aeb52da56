"""`toban sync`: what changed in PagerDuty goes into the warehouse."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from toban.cli.output import to_json
from toban.cli.pagerduty_option import (
    Moment,
    bar,
    bar_format_option,
    in_zone,
    pagerduty_from,
    pagerduty_option,
)
from toban.cli.warehouse_option import settings_if_any, warehouse_in, warehouse_option
from toban.jobs.sync_incidents import PAGERDUTYS_HOURS, UTC_WEEKS, sync_incidents
from toban.jobs.sync_runs import SyncResult


@click.command()
@pagerduty_option
@warehouse_option
@click.option(
    "--since", type=Moment(), help="From when the history shall be complete; by default the last sync."
)
@click.option("--until", type=Moment(end_of_day=True), help="Up to when; a day is included. By default now.")
@bar_format_option
def command(
    url: str | None, directory: Path, since: datetime | None, until: datetime | None, style: str
) -> None:
    """Pull what changed in PagerDuty into the warehouse, and publish it.

    The token comes from TOBAN_PAGERDUTY_TOKEN. What is stored already is not read again, but for the last
    15 minutes. A run that was cut off is continued by the next.
    """
    settings = settings_if_any()
    with bar(style) as progress:
        task = progress.add_task("reading log entries", total=1.0)
        result = sync_incidents(
            pagerduty_from(url, settings),
            warehouse_in(directory),
            datetime.now(UTC),
            since=in_zone(since, settings),
            until=in_zone(until, settings),
            hours=settings.business_hours if settings else PAGERDUTYS_HOURS,
            reporting=settings.reporting if settings else UTC_WEEKS,
            on_progress=lambda step: progress.update(task, completed=step.share),
        )
    click.echo(to_json(asdict(result)) if style == "json" else sentence(result))


def sentence(result: SyncResult) -> str:
    """The result for people."""
    return (
        f"{result.incidents} incidents and {result.log_entries} log entries were news "
        f"({result.api_calls} requests, {result.seconds:.1f} s)."
    )
