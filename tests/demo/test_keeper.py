"""The keeper owns what it starts: it restarts it, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from toban.demo.errors import DemoError
from toban.demo.keeper import Keeper
from toban.demo.ports import require_disk, require_free_port

# A program that starts another, tells both numbers, and can die before its child.
PARENT = (
    "import subprocess, sys, time, pathlib\n"
    "child = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid))\n"
    "time.sleep(float(sys.argv[2]))\n"
)
# The same, as Airflow's scheduler starts its workers: they belong to its session.
SCHEDULER = PARENT.replace(", start_new_session=True", "")


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.05)


def is_there(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


KEEP = """
import sys, time
from pathlib import Path
from toban.demo.keeper import Keeper
folder = Path(sys.argv[1])
class Watch:
    def trouble(self, process):
        return "hangs" if (folder / "ill").exists() else None
    def declare_dead(self):
        (folder / "ill").unlink(missing_ok=True)
        (folder / "dead").touch()
def chore():
    with (folder / "chores").open("a") as done:
        done.write(".")
keeper = Keeper(folder / "logs", folder / "processes.json")
keeper.start("parent", [sys.executable, "-c", sys.argv[2], str(folder / "child"), sys.argv[3]], {})
stop = folder / "stop"
keeper.watch("parent", Watch())
keeper.keep(stop.exists, print, [chore])
keeper.end_all()
"""


def keep_in_background(folder: Path, lifetime_s: str, program: str = PARENT) -> subprocess.Popen[bytes]:
    """The keeper changes who adopts orphans, so it runs in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", KEEP, str(folder), program, lifetime_s], env=os.environ.copy()
    )
    until(lambda: (folder / "child").exists() and bool((folder / "child").read_text()))
    return process


def test_a_grandchild_that_left_its_parent_is_ended_too(tmp_path: Path) -> None:
    keeper = keep_in_background(tmp_path, "600")
    grandchild = int((tmp_path / "child").read_text())
    (tmp_path / "stop").touch()
    assert keeper.wait(30) == 0
    assert not is_there(grandchild)
    assert not (tmp_path / "processes.json").exists()


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    keeper = keep_in_background(tmp_path, "0.1")
    first = (tmp_path / "child").read_text()
    until(lambda: (tmp_path / "child").read_text() not in {first, ""})
    (tmp_path / "stop").touch()
    assert keeper.wait(30) == 0
    assert not is_there(int(first))


def test_what_hangs_is_ended_with_its_children_and_started_again(tmp_path: Path) -> None:
    keeper = keep_in_background(tmp_path, "600", SCHEDULER)
    first = (tmp_path / "child").read_text()
    (tmp_path / "ill").touch()
    until(lambda: (tmp_path / "child").read_text() not in {first, ""})
    assert not is_there(int(first))
    (tmp_path / "stop").touch()
    assert keeper.wait(30) == 0
    assert (tmp_path / "dead").exists(), "the watch is told that its process has ended"


def test_what_a_dead_process_had_started_does_not_go_on_beside_the_new_one(tmp_path: Path) -> None:
    keeper = keep_in_background(tmp_path, "600", SCHEDULER)
    first = (tmp_path / "child").read_text()
    parent = psutil.Process(int(first)).parent()
    assert parent is not None
    parent.kill()
    until(lambda: (tmp_path / "child").read_text() not in {first, ""})
    assert not is_there(int(first))
    (tmp_path / "stop").touch()
    assert keeper.wait(30) == 0


def test_chores_are_done_in_every_round(tmp_path: Path) -> None:
    keeper = keep_in_background(tmp_path, "600")
    until(lambda: (tmp_path / "chores").stat().st_size > 1)
    (tmp_path / "stop").touch()
    assert keeper.wait(30) == 0


def test_what_a_killed_keeper_left_is_ended_by_the_next(tmp_path: Path) -> None:
    killed = keep_in_background(tmp_path, "600")
    grandchild = int((tmp_path / "child").read_text())
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    assert is_there(grandchild)
    Keeper(tmp_path / "logs", tmp_path / "processes.json")
    until(lambda: not is_there(grandchild))


def test_a_port_in_use_is_one_sentence_with_the_option_to_change() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DemoError, match=rf"Port {port} is in use.*--slack-port"):
            require_free_port(port, "--slack-port")
    require_free_port(port, "--slack-port")


def test_too_little_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toban.demo.ports.NEEDED_MB", 10**9)
    with pytest.raises(DemoError, match="MB free and the demo needs 1000000000 MB"):
        require_disk(tmp_path)
