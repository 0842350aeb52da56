"""toban serve: the receivers alone, as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from installation import Installation, installation
from toban.cli import main

AIRFLOW = {
    "TOBAN_PAGERDUTY_WEBHOOK_SECRET": "hush-hush",
    "TOBAN_AIRFLOW_URL": "http://127.0.0.1:1",
    "TOBAN_AIRFLOW_USER": "toban",
    "TOBAN_AIRFLOW_PASSWORD": "hush-hush",
}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    with installation(tmp_path) as found:
        found.enter(monkeypatch)
        for name, value in AIRFLOW.items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.mark.usefixtures("made")
def test_a_port_in_use_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert found.exit_code == 1
    why = "cannot be listened on (Address already in use); give --port or --host."
    assert found.stderr == f"toban: Port {port} of 127.0.0.1 {why}\n"


@pytest.mark.usefixtures("made")
def test_a_missing_login_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_AIRFLOW_PASSWORD")
    found = CliRunner().invoke(main, ["serve"])
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("toban: TOBAN_AIRFLOW_PASSWORD must be set")


def test_it_receives_until_it_is_stopped_and_logs_nothing_that_strangers_send(made: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "toban", "serve", "--port", str(port)]
    env = os.environ | made.environment | AIRFLOW | {"PYTHONPATH": os.pathsep.join(sys.path)}
    log = made.folder / "serve.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=env, stdout=output, stderr=output) as process,
    ):
        answer = first_answer(f"http://127.0.0.1:{port}/pagerduty?stranger")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in {0, 1}  # stopped in order, told by the signal or not
    assert answer.status_code == 401
    assert "server" not in answer.headers
    said = log.read_text()
    assert said.splitlines()[-1] == "toban: Stopped; what was finished is kept."
    assert "stranger" not in said
    assert "hush" not in said


def first_answer(url: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.post(url, content=b"stranger", headers={"X-PagerDuty-Signature": "v1=stranger"})
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
