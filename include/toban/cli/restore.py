"""`toban restore`: ledger and warehouse from one file."""

from pathlib import Path

import click

from toban.cli.warehouse_option import warehouse_option


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the ledger and the warehouse that are there.")
@warehouse_option
def command(path: Path, force: bool, directory: Path) -> None:
    """Put what `toban backup` wrote into PATH in the place of ledger and warehouse, and publish it.

    The backup is checked as a whole before anything is touched. Pause Toban's DAGs meanwhile.
    """
    from toban.clients.warehouse.backup import WarehouseBackup  # noqa: PLC0415 - the command line starts without
    from toban.jobs.restore import restore  # noqa: PLC0415 - the same
    from toban.wiring import build  # noqa: PLC0415 - the same

    done = restore(path, ledger=build.ledger_backup(), warehouse=WarehouseBackup(directory), force=force)
    published = (
        "no warehouse was in it" if done.snapshot is None else f"published as snapshot {done.snapshot}"
    )
    click.echo(
        f"Restored what was so on {done.made_at:%Y-%m-%d %H:%M} UTC:"
        f" {done.ledger_rows} rows of the ledger; {published}."
    )
