"""A synced company, Airflow's API server with the plugin, and a tab that is logged in: one for all files."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from chromium import Tab, chromium
from installation import Installation, installation
from toban.demo.airflow import USER, airflow_command, airflow_env, demo_secrets
from toban.wiring import runs

ROOT = Path(__file__).parents[2]
START_S = 300


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("company")) as made, pytest.MonkeyPatch.context() as patch:
        made.enter(patch)
        runs.sync_incidents()
        yield made


@pytest.fixture(scope="session")
def airflow(company: Installation) -> Iterator[str]:
    """Airflow's API server with the plugin, on a port of its own."""
    home, port = company.folder / "airflow", _free_port()
    env = airflow_env(home, ROOT, port, f"sqlite:///{home}/airflow.db") | company.environment
    subprocess.run(airflow_command("db", "migrate"), env=env, check=True, capture_output=True)
    with (company.folder / "api-server.log").open("wb") as log:
        server = subprocess.Popen(
            airflow_command("api-server"), env=env, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield _answering(f"http://127.0.0.1:{port}", server, company.folder / "api-server.log")
    finally:
        os.killpg(server.pid, 15)
        server.wait(60)


@pytest.fixture(scope="session")
def tab(airflow: str, company: Installation) -> Iterator[Tab]:
    """Logged in."""
    password = demo_secrets(company.folder / "airflow")["password"]
    login = {"username": USER, "password": password}
    token = httpx.post(f"{airflow}/auth/token", json=login).raise_for_status().json()["access_token"]
    with chromium(company.folder / "profile") as opened:
        opened.order("Network.setCookie", name="_token", value=token, url=airflow)
        yield opened


@pytest.fixture(autouse=True)
def as_a_reader_in_english(tab: Tab) -> None:
    tab.order("Network.deleteCookies", name="toban_language", url="http://127.0.0.1/toban")
    tab.speak("en")
    tab.look(1280)
    tab.faults.clear()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(url: str, server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{url}/api/v2/monitor/health", timeout=5).is_success:
                return url
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail(log.read_text())
