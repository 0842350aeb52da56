"""`toban demo` as a newcomer uses it: started, looked at over HTTP, ended, started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]
PORTS = {"airflow": 18_081, "pagerduty": 18_082, "slack": 18_083}
START_S = 420  # far more than it takes; a figure is measured elsewhere, not asserted here

pytestmark = pytest.mark.demo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def start(folder: Path) -> subprocess.Popen[bytes]:
    options = [part for name, port in PORTS.items() for part in (f"--{name}-port", str(port))]
    with (folder / "output.log").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "toban", "demo", "--folder", str(folder), *options],
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    assert process.wait(90) == 0


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = start(folder)
    yield process
    if process.poll() is None:
        end(process)


def get(name: str, path: str) -> Any:
    return httpx.get(f"http://127.0.0.1:{PORTS[name]}{path}", timeout=10).raise_for_status().json()


def messages(channel: str) -> list[dict[str, Any]]:
    return get("slack", f"/_sandbox/messages?channel={channel}")


def wait_for(demo: subprocess.Popen[bytes], folder: Path, channel: str, words: str) -> dict[str, Any]:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert demo.poll() is None, (folder / "output.log").read_text()
        try:
            found = [message for message in messages(channel) if words in str(message)]
        except httpx.HTTPError:
            found = []
        if found:
            return found[0]
        time.sleep(1)
    pytest.fail(f"no {words!r} in {channel}; {(folder / 'output.log').read_text()}")


def test_announcements_in_both_languages_stand_in_slack(demo: subprocess.Popen[bytes], folder: Path) -> None:
    wait_for(demo, folder, "all-engineers", "オンコール")
    english = wait_for(demo, folder, "all-engineers-en", "on call")
    assert "<@U" in str(english), "level 1 is mentioned"


def test_each_team_has_its_weekly_report(demo: subprocess.Popen[bytes], folder: Path) -> None:
    for team in ("shop", "payment", "data", "platform"):
        report = wait_for(demo, folder, f"team-{team}", "MTTA")
        assert report["blocks"]


@pytest.mark.usefixtures("demo")
def test_airflow_shows_green_runs(folder: Path) -> None:
    text = (folder / "output.log").read_text()
    password = text.split("login: admin / ")[1].split()[0]
    url = f"http://127.0.0.1:{PORTS['airflow']}"
    login = httpx.post(f"{url}/auth/token", json={"username": "admin", "password": password}, timeout=30)
    headers = {"Authorization": f"Bearer {login.json()['access_token']}"}
    runs = httpx.get(f"{url}/api/v2/dags/~/dagRuns?limit=100", headers=headers, timeout=30).json()["dag_runs"]
    assert {run["state"] for run in runs} <= {"success", "running", "queued"}, runs
    assert any(run["dag_id"] == "toban_sync_incidents" and run["state"] == "success" for run in runs)
    assert httpx.get(f"{url}/api/v2/dags", timeout=30).status_code == 401


def test_it_ends_with_everything_it_started_and_continues(
    demo: subprocess.Popen[bytes], folder: Path
) -> None:
    before = len(messages("all-engineers"))
    end(demo)
    assert not [
        p for p in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(p.info["cmdline"] or [])
    ]
    again = start(folder)
    try:
        wait_for(again, folder, "all-engineers", "オンコール")
        assert len(messages("all-engineers")) >= before
    finally:
        end(again)
