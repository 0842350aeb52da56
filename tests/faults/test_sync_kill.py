"""kill -9 at random moments of a sync: the next ones finish it, and readers never notice.

Five kills by default; TOBAN_KILLS=50 is the full form.
"""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from syncing import NOW, Account, account, contents, seeded
from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot

KILLS = int(os.environ.get("TOBAN_KILLS", "5"))
ROOT = Path(__file__).parents[2]
SINCE = (NOW - timedelta(days=31)).isoformat()


@pytest.fixture(scope="module")
def served() -> Iterator[Account]:
    with account(seeded(2500)) as one:
        yield one


def start(served: Account, directory: Path) -> subprocess.Popen[bytes]:
    """`toban sync` in a process of its own."""
    options = {"--pagerduty-url": served.url, "--warehouse": str(directory), "--since": SINCE,
               "--until": NOW.isoformat(), "--format": "json"}  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "toban",
        "sync",
        *(word for option in options.items() for word in option),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "include"), "TOBAN_PAGERDUTY_TOKEN": "token"}
    environment |= {"TOBAN_SETTINGS": str(directory / "absent.toml"), "PYTHONWARNINGS": "default"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


@dataclass
class Reader:
    """Reads without end, as a page does; remembers what it saw."""

    directory: Path
    counts: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.done.wait(0.02):
            try:
                with Warehouse(self.directory).read() as snapshot:
                    self.counts.append(snapshot.rows("select count(*) as n from incident_facts")[0]["n"])
            except NoSnapshot:
                assert not self.counts, "a published snapshot vanished"
            except Exception as error:  # noqa: BLE001 - any error at all is what this test looks for
                self.errors.append(repr(error))


@pytest.mark.soak
def test_killed_syncs_end_in_the_same_warehouse_and_readers_never_fail(
    served: Account, tmp_path: Path
) -> None:
    began = time.monotonic()
    finish(start(served, tmp_path / "undisturbed"))
    length_s = time.monotonic() - began
    reader = Reader(tmp_path / "killed")
    thread = threading.Thread(target=reader.run)
    thread.start()
    killed = 0
    for _ in range(KILLS):
        process = start(served, reader.directory)
        time.sleep(random.uniform(0.2, 1.0) * length_s)
        killed += process.poll() is None
        process.kill()
        process.communicate()
    finish(start(served, reader.directory))
    time.sleep(0.1)
    reader.done.set()
    thread.join()
    assert killed > 0
    assert reader.errors == []
    assert reader.counts[-1] == 2500
    assert reader.counts == sorted(reader.counts)
    assert contents(reader.directory) == contents(tmp_path / "undisturbed")


@pytest.mark.soak
def test_a_sync_killed_while_it_publishes_is_published_by_the_next(served: Account, tmp_path: Path) -> None:
    """Killed a random moment after the draft of a snapshot appears: the sync's very last step."""
    directory = tmp_path / "killed"
    struck = 0
    for _ in range(KILLS):
        began = time.time()
        process = start(served, directory)
        while not drafted_since(directory, began) and process.poll() is None:
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.2))
        struck += process.poll() is None
        process.kill()
        process.communicate()
        if (directory / "current.json").exists():
            shutil.rmtree(directory)  # it was faster: begin again, so that there is something to publish
    finish(start(served, directory))
    finish(start(served, tmp_path / "undisturbed"))
    assert struck > 0
    assert contents(directory) == contents(tmp_path / "undisturbed")


def drafted_since(directory: Path, began: float) -> bool:
    """A draft that a killed process left behind is older."""
    for draft in directory.glob("*/.publishing_*"):
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime > began:
                return True
    return False
