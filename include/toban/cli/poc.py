"""`toban poc`: one page from a read-only PagerDuty token, for the person who decides."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import available_timezones

import click

from toban.cli.pagerduty_option import bar, pagerduty_from, pagerduty_option
from toban.clients.warehouse import Warehouse
from toban.errors import UsageError
from toban.jobs.poc import proof_of_concept
from toban.jobs.sync_incidents import sync_incidents
from toban.locale import LANGUAGES

GOAL_S = 300
LONGEST_DAYS = 365


@click.command()
@pagerduty_option
@click.option("--days", type=click.IntRange(7, LONGEST_DAYS), default=90, show_default=True)
@click.option("--language", "language_code", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--timezone", "time_zone", help="IANA name; by default the one most people in PagerDuty have.")
@click.option(
    "--goal", "goal_s", type=click.IntRange(1), default=GOAL_S, show_default=True, help="MTTA goal, seconds."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), default="toban-poc.html", show_default=True
)
def command(
    url: str | None, days: int, language_code: str, time_zone: str | None, goal_s: int, output: Path
) -> None:
    """Look at the last months in PagerDuty and write one HTML page.

    Needs TOBAN_PAGERDUTY_TOKEN (a read-only key is enough) and nothing else; writes that file and nothing in
    PagerDuty. What it reads is kept in a temporary directory until it ends.
    """
    if time_zone is not None and time_zone not in available_timezones():
        raise UsageError(f"{time_zone!r} is not a time zone; use an IANA name such as Asia/Tokyo.")
    now = datetime.now(UTC)
    with TemporaryDirectory(prefix="toban-poc-") as directory, bar("text") as progress:
        task = progress.add_task("reading PagerDuty", total=1.0)
        warehouse = Warehouse(Path(directory))
        synced = sync_incidents(
            pagerduty_from(url, None),
            warehouse,
            now,
            since=now - timedelta(days=days + 1),
            on_progress=lambda step: progress.update(task, completed=step.share),
        )
        html = proof_of_concept(
            warehouse,
            synced,
            days=days,
            now=now,
            language_code=language_code,
            goal_s=goal_s,
            time_zone=time_zone,
        )
    output.write_text(html, encoding="utf-8")
    click.echo(
        f"{output}: {synced.incidents} incidents, {synced.api_calls} requests, {synced.seconds:.0f} s."
    )
