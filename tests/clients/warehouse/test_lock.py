import os
import subprocess
import sys

import pytest

from toban.clients.warehouse import Warehouse
from toban.errors import WarehouseBusy

HOLD = """
import sys, pathlib
from toban.clients.warehouse import Warehouse
with Warehouse(pathlib.Path(sys.argv[1])).write(purpose="a long backfill"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another_writer(tmp_path):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_holds_the_warehouse_and_for_what(tmp_path, another_writer):
    with pytest.raises(WarehouseBusy) as busy, Warehouse(tmp_path).write(wait_s=0.1):
        pass
    assert f"process {another_writer.pid} (a long backfill" in str(busy.value)
    assert "try again" in str(busy.value)


def test_a_second_writer_waits_for_the_first(tmp_path, another_writer):
    another_writer.stdin.close()
    with Warehouse(tmp_path).write(wait_s=20) as writer:
        assert writer.state("synced_until") is None


def test_a_killed_writer_leaves_no_lock_behind(tmp_path, another_writer):
    another_writer.kill()
    another_writer.wait()
    with Warehouse(tmp_path).write(wait_s=1) as writer:
        writer.set_state("synced_until", "2026-03-02T12:00:00Z")
        assert writer.state("synced_until") == "2026-03-02T12:00:00Z"


def test_two_writers_in_one_process_take_turns_too(tmp_path):
    with (
        Warehouse(tmp_path).write(),
        pytest.raises(WarehouseBusy),
        Warehouse(tmp_path).write(wait_s=0),
    ):
        pass


def test_a_program_that_does_not_take_turns_is_named(tmp_path, another_writer):
    tmp_path.joinpath("private/writer.lock").rename(tmp_path / "moved")
    with pytest.raises(WarehouseBusy, match=str(another_writer.pid)), Warehouse(tmp_path).write(wait_s=0):
        pass
