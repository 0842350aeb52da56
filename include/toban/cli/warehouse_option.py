"""The option every command that reads or writes the warehouse has."""

from pathlib import Path

import click

from toban.clients.warehouse import Warehouse
from toban.settings import Settings, WarehouseSettings, load_settings, settings_path


def settings_if_any() -> Settings | None:
    """The settings where there is a toban.toml; commands on the warehouse do without one."""
    path = settings_path()
    return load_settings(path) if path.exists() else None


def warehouse_in(directory: Path) -> Warehouse:
    """That warehouse, for writing: what toban.toml wants beside its snapshots is done as well."""
    settings = settings_if_any()
    return Warehouse(directory, settings.warehouse) if settings else Warehouse(directory)


def _configured_directory() -> Path:
    settings = settings_if_any()
    return settings.warehouse.directory if settings else WarehouseSettings().directory


warehouse_option = click.option(
    "--warehouse",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="TOBAN_WAREHOUSE",
    default=_configured_directory,
    help="The warehouse's directory; by default what toban.toml or TOBAN_WAREHOUSE says.",
)
