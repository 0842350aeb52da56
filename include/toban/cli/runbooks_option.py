"""The option of every command that reads runbooks."""

from pathlib import Path

import click

from toban.cli.warehouse_option import settings_if_any
from toban.errors import UsageError
from toban.settings import RunbookSettings


def configured() -> RunbookSettings:
    """What toban.toml says of runbooks; without one, the defaults."""
    settings = settings_if_any()
    return settings.runbooks if settings else RunbookSettings()


def existing(shelf: Path) -> Path:
    """The directory itself; raises UsageError where it is none, as nothing found would be taken for true."""
    if not shelf.is_dir():
        raise UsageError(f"{shelf} is no directory; name the one in which the runbooks lie with --runbooks.")
    return shelf


runbooks_option = click.option(
    "--runbooks",
    "shelf",
    type=click.Path(path_type=Path),
    default=lambda: configured().directory,
    help="The runbooks' directory; by default what toban.toml says, else runbooks.",
)
