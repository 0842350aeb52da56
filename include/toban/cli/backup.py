"""`toban backup`: ledger and warehouse into one file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from toban import __version__
from toban.cli.warehouse_option import warehouse_option


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@warehouse_option
def command(path: Path, directory: Path) -> None:
    """Write ledger and warehouse into PATH, one file such as toban.tar.gz, while everything goes on.

    It holds what concerns persons, so only you may read it; secrets are not in it.
    """
    from toban.clients.warehouse.backup import WarehouseBackup  # noqa: PLC0415 - the command line starts without
    from toban.jobs.backup import backup  # noqa: PLC0415 - the same
    from toban.wiring import build  # noqa: PLC0415 - the same

    made = backup(
        path,
        ledger=build.ledger_backup(),
        warehouse=WarehouseBackup(directory),
        version=__version__,
        now=datetime.now(UTC),
    )
    click.echo(
        f"{path} holds {made.ledger_rows} rows of the ledger and {made.warehouse_rows} of the warehouse"
        f" ({made.size / 1e6:.1f} MB)."
    )
