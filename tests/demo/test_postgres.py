"""The demo's PostgreSQL ends with the demo, whatever happened to an earlier one."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from toban.demo.postgres import Postgres

KILLED = "import os, sys; from pathlib import Path; from toban.demo.postgres import Postgres\n"
KILLED += "Postgres(Path(sys.argv[1])); os.kill(os.getpid(), 9)"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not in pytest's folder: as root, the server runs under a user who may not look in there."""
    with tempfile.TemporaryDirectory(prefix="toban-postgres-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "postgres"


@pytest.mark.slow
def test_a_server_that_a_killed_demo_left_ends_with_the_next_demo(folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "include")}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    server = Postgres(folder)
    assert server.pid is not None
    process = psutil.Process(server.pid)
    server.stop()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
