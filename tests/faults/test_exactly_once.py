"""Processes are killed with SIGKILL while they speak; whatever happens, each thing is in Slack exactly once.

TOBAN_KILLS=100 is the full form; by default fewer deaths keep the suite short.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres_server import postgres_server, postgres_url  # noqa: F401 - fixtures are found by their names
from slack_sandbox import SlackSandbox, slack_sandbox
from toban.clients.ledger import Ledger

ROOT = Path(__file__).parents[2]
SPEAKER = Path(__file__).with_name("speaker.py")
STEPS = ("before claim", "after claim", "before post", "after post", "before confirm", "after confirm")
PICTURE_STEPS = ("before upload", "after upload")
KILLS = int(os.environ.get("TOBAN_KILLS", "8"))
SOON_S = 120

pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox() -> Iterator[SlackSandbox]:
    with slack_sandbox(channels=[f"c{number}" for number in range(12)]) as sandbox:
        yield sandbox


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


def speaker(ledger_url: str, sandbox: SlackSandbox, count: int, *step: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(SPEAKER), ledger_url, sandbox.url, str(count), *step],
        env={**os.environ, "PYTHONPATH": str(ROOT / "include")},
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> int:
    """The exit code, once the process has ended."""
    try:
        process.communicate(timeout=SOON_S)
    finally:
        process.kill()  # no process outlives a failing test
        process.communicate()
    return process.returncode


def expected(count: int) -> Counter[str]:
    """Each thing once, and each thread's head."""
    heads = [f"head:{number}" for number in range(count) if number % 3 == 1]
    return Counter([*heads, *(f"thing:{number}" for number in range(count))])


def spoken(sandbox: SlackSandbox) -> Counter[str]:
    """What stands in all channels: messages by the key they carry, pictures by their title."""
    found: list[str] = []
    for message in sandbox.messages(None):
        if "metadata" in message:
            found.append(message["metadata"]["event_payload"]["key"])
        found += [file["title"].replace("Thing ", "thing:") for file in message.get("files", [])]
    return Counter(found)


def assert_said_once(sandbox: SlackSandbox, ledger_url: str, count: int) -> None:
    assert spoken(sandbox) == expected(count)
    ledger = Ledger(ledger_url)
    assert ledger.open_claims() == []
    assert Counter(row["key"] for row in ledger.rows() if row["status"] == "posted") == expected(count)


def test_a_process_that_dies_at_a_known_step_leaves_nothing_unsaid_or_said_twice(
    sandbox: SlackSandbox, sqlite_url: str
) -> None:
    steps = [(STEPS + PICTURE_STEPS)[number % 8] for number in range(KILLS)]
    count = max(9, 2 * KILLS)

    for step in steps:
        assert ended(speaker(sqlite_url, sandbox, count, step)) == -signal.SIGKILL, f"never got to: {step}"
    assert ended(speaker(sqlite_url, sandbox, count)) == 0

    assert_said_once(sandbox, sqlite_url, count)


@pytest.mark.soak
def test_a_process_that_is_killed_at_any_moment_leaves_nothing_unsaid_or_said_twice(
    sandbox: SlackSandbox, sqlite_url: str
) -> None:
    sandbox.latency(ms=30)  # makes the moments in which an answer is awaited long enough to be met
    chance = random.Random(20261123)
    count = 5 * KILLS
    interrupted = in_doubt = 0

    for _ in range(KILLS):
        process = speaker(sqlite_url, sandbox, count)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.7))
        process.kill()
        interrupted += ended(process) == -signal.SIGKILL
        in_doubt += bool(Ledger(sqlite_url).open_claims())
    assert ended(speaker(sqlite_url, sandbox, count)) == 0

    assert interrupted >= KILLS // 2
    assert in_doubt >= KILLS // 4, "hardly a kill left a claim open: this has not tested much"
    assert_said_once(sandbox, sqlite_url, count)


def test_a_process_killed_while_slack_still_thinks_has_spoken(sandbox: SlackSandbox, sqlite_url: str) -> None:
    sandbox.fault("slow", "chat.postMessage", seconds=0.8)
    process = speaker(sqlite_url, sandbox, 1)
    deadline = time.monotonic() + SOON_S
    while not sandbox.calls().get("chat.postMessage") and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    assert ended(process) == -signal.SIGKILL

    assert ended(speaker(sqlite_url, sandbox, 1)) == 0
    assert_said_once(sandbox, sqlite_url, 1)


@pytest.mark.parametrize("engine", ["sqlite_url", "postgres_url"])
def test_two_processes_that_say_the_same_things_at_once_say_each_once(
    sandbox: SlackSandbox, engine: str, request: pytest.FixtureRequest
) -> None:
    ledger_url = request.getfixturevalue(engine)
    for kind in ("lost", "500", "cut", "lost500"):
        sandbox.fault(kind, "chat.postMessage")
        sandbox.fault(kind, "files.completeUploadExternal")
    sandbox.latency(ms=20)

    both = [speaker(ledger_url, sandbox, 24) for _ in range(2)]

    assert [ended(process) for process in both] == [0, 0]
    assert_said_once(sandbox, ledger_url, 24)
