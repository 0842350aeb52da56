"""`toban snapshot`: where the current snapshot lies, for tools that open files."""

from pathlib import Path

import click

from toban.cli.warehouse_option import warehouse_option
from toban.clients.warehouse import Warehouse


@click.command()
@warehouse_option
@click.option("--restricted", is_flag=True, help="The snapshot that also holds what concerns persons.")
def command(directory: Path, restricted: bool) -> None:
    """Print the path of the current snapshot; open it read-only.

    As in: duckdb -readonly "$(toban snapshot)". The next sync that finds something publishes another file.
    """
    with Warehouse(directory).read(restricted=restricted) as snapshot:
        click.echo(snapshot.path.absolute())
