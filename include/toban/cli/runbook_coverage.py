"""`toban runbooks coverage`: which alerts have no runbook, and which runbooks deserve a look."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from toban.cli.output import format_option, print_rows
from toban.cli.runbooks_option import configured, existing, runbooks_option
from toban.cli.warehouse_option import warehouse_option
from toban.clients.runbook_files import load_runbooks
from toban.clients.warehouse import Warehouse
from toban.domain.runbooks.coverage import Gap

COLUMNS = tuple(field.name for field in fields(Gap))


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 3_650), default=90, show_default=True, help="How far to look back."
)
@runbooks_option
@warehouse_option
@format_option
def coverage(days: int, shelf: Path, directory: Path, style: str) -> None:
    """Show alerts without a runbook, and runbooks that are wrong, stale or unused, by calls at night."""
    from toban.jobs.cover_runbooks import cover_runbooks  # noqa: PLC0415 - match need not wait for a ledger
    from toban.wiring import build  # noqa: PLC0415 - the same

    with Warehouse(directory).read() as snapshot:
        found = cover_runbooks(
            load_runbooks(existing(shelf)),
            snapshot,
            build.ledger(),
            datetime.now(UTC),
            looked_back=timedelta(days=days),
            stale_after_days=configured().stale_after_days,
        )
    print_rows(COLUMNS, [_row(each, style) for each in found], style)


def _row(gap: Gap, style: str) -> list[object]:
    services = ", ".join(gap.services) if style == "table" else gap.services
    return [services if name == "services" else getattr(gap, name) for name in COLUMNS]
