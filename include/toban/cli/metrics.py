"""`toban metrics`: MTTA, MTTR and counts by time and group."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from toban.cli.output import format_option, print_rows
from toban.cli.warehouse_option import settings_if_any, warehouse_option
from toban.clients.warehouse import GROUPS, UNITS, Warehouse, left_out, metrics
from toban.errors import UsageError
from toban.settings import ReportingSettings

DAY = click.DateTime(formats=["%Y-%m-%d"])
REASONS = {
    "unacknowledged": "not acknowledged (not in MTTA)",
    "unresolved": "not resolved (not in MTTR)",
    "incomplete_history": "begun before the warehouse's coverage (not counted)",
    "merged": "merged into others (not counted)",
}


@click.command()
@warehouse_option
@click.option(
    "--by", default="week", show_default=True, help=f"One of {', '.join(UNITS)}; and {', '.join(GROUPS)}."
)
@click.option("--since", type=DAY, help="First local day.")
@click.option("--until", type=DAY, help="Last local day; it is included.")
@click.option("--timezone", "time_zone", help="IANA name; by default the reporting time zone, else UTC.")
@click.option("--week-start", type=click.Choice(["monday", "sunday"]), help="By default monday.")
@click.option(
    "--only", multiple=True, metavar="NAME=VALUE", help="Only these, e.g. urgency=high; may repeat."
)
@click.option("--without-merged", is_flag=True, help="Leave out incidents merged into others.")
@format_option
def command(
    directory: Path,
    by: str,
    since: datetime | None,
    until: datetime | None,
    time_zone: str | None,
    week_start: str | None,
    only: tuple[str, ...],
    without_merged: bool,
    style: str,
) -> None:
    """MTTA, MTTR and counts by week, service, team …

    Times are seconds: mean, median, p90 and p95 with the numbers they rest on.
    """
    reporting = _reporting()
    choice: dict[str, Any] = {
        "since": _day(since),
        "until": _day(until),
        "time_zone": time_zone or reporting.time_zone,
        "include_merged": not without_merged,
        "only": _wanted(only),
    }
    keys = [name.strip() for name in by.split(",") if name.strip()]
    with Warehouse(directory).read() as snapshot:
        rows = metrics(snapshot, keys, week_start or reporting.week_start, **choice)
        columns = list(rows[0]) if rows else _columns(keys, metrics(snapshot, by=(), **choice)[0])
        missing = left_out(snapshot, **choice)
    print_rows(columns, [list(row.values()) for row in rows], style)
    if style == "table":
        _tell_missing(missing)


def _reporting() -> ReportingSettings:
    settings = settings_if_any()
    return settings.reporting if settings else ReportingSettings()


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _wanted(only: tuple[str, ...]) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for text in only:
        name, found, value = text.partition("=")
        if not found:
            raise UsageError(f"--only {text!r} must be NAME=VALUE, such as urgency=high.")
        wanted.setdefault(name, []).append(value)
    return wanted


def _columns(keys: list[str], measures: dict[str, Any]) -> list[str]:
    """The header of a table without rows: programs read the same columns of every answer."""
    bucket = ["bucket"] if set(keys) & set(UNITS) else []
    return [*bucket, *(name for name in keys if name not in UNITS), *measures]


def _tell_missing(missing: dict[str, int]) -> None:
    told = [f"{n} {REASONS[reason]}" for reason, n in missing.items() if n]
    if told:
        click.echo("Left out: " + "; ".join(told) + ".", err=True)
