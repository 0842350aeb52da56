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


KEPT = """
import os, signal, sys, time
from pathlib import Path
from toban.demo.keeper import Keeper
from toban.demo.postgres import Postgres
from sqlalchemy import create_engine, text
folder = Path(sys.argv[1])
keeper = Keeper(folder / "logs", folder / "processes.json")
server = Postgres(folder / "postgres")
engine = create_engine(server.urls["airflow"])
with engine.begin() as connection:
    connection.execute(text("create table kept as select 1 as n"))
first = server.pid
os.kill(first, signal.SIGKILL)
deadline = time.monotonic() + 60
while server.pid == first and time.monotonic() < deadline:
    server.keep_running(print)
    time.sleep(0.2)
engine.dispose()
with engine.connect() as connection:
    print(connection.scalar(text("select n from kept")))
server.stop()
"""


@pytest.mark.slow
def test_a_server_that_was_killed_is_started_again_with_what_it_had_committed(folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "include")}
    command = [sys.executable, "-c", KEPT, str(folder.parent)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "PostgreSQL ended; starting it again."
    assert said[-1] == "1"
    assert "Failed to stop" not in done.stderr


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
