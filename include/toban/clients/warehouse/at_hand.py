"""The current snapshot for a notebook or a script, found as the `toban` command finds it."""

import os
from pathlib import Path

from toban.clients.warehouse.layout import Layout
from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.snapshot import open_snapshot as open_in
from toban.settings import WarehouseSettings, load_settings, settings_path


def open_at_hand(directory: str | os.PathLike[str] | None, *, restricted: bool) -> Snapshot:
    """That directory's, else TOBAN_WAREHOUSE's, else toban.toml's; raises NoSnapshot, SettingsError."""
    return open_in(Layout(Path(directory) if directory else _configured()), restricted=restricted)


def _configured() -> Path:
    if named := os.environ.get("TOBAN_WAREHOUSE"):
        return Path(named)
    path = settings_path()
    return load_settings(path).warehouse.directory if path.exists() else WarehouseSettings().directory
