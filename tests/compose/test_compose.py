"""docker-compose.yaml is valid, has no default secret, and its commands run as they stand there."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import yaml
from sqlalchemy import create_engine, text

from toban.demo.postgres import Postgres

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yaml"
AIRFLOW_SERVICES = ("apiserver", "scheduler", "dag-processor")
PORT = 18_931
SECRETS = {
    "TOBAN_FERNET_KEY": "dGhpcyBpcyBhIHNhbXBsZSBrZXkgb2YgMzIgYnl0ZXM=",
    "TOBAN_API_SECRET": "sample-api-secret-of-more-than-32-bytes",
    "TOBAN_JWT_SECRET": "sample-jwt-secret-of-more-than-64-bytes-so-that-hs512-does-not-complain",
    "TOBAN_DB_PASSWORD": "sample",
    "TOBAN_ADMIN_PASSWORD": "sample-admin",
    "TOBAN_PAGERDUTY_TOKEN": "sample-token",
    "TOBAN_SLACK_TOKEN": "xoxb-sample",
}


def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def test_it_keeps_to_the_compose_specification() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(COMPOSE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_secret_has_a_default() -> None:
    text_ = COMPOSE.read_text(encoding="utf-8")
    with_default = re.findall(r"\$\{(\w+):-(?!\})", text_)
    assert with_default == ["TOBAN_AIRFLOW_URL"]
    assert set(re.findall(r"\$\{(\w+):\?", text_)) == set(SECRETS)


def test_the_example_environment_names_every_secret_and_fills_in_none() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    names = {line.removesuffix("=") for line in lines if line and not line.startswith("#")}
    assert names == set(SECRETS)


def test_every_airflow_service_has_the_same_environment_and_not_the_simple_auth_manager() -> None:
    services = compose()["services"]
    environments = [services[name]["environment"] for name in AIRFLOW_SERVICES]
    assert all(environment == environments[0] for environment in environments)
    assert environments[0]["AIRFLOW__CORE__AUTH_MANAGER"].endswith("FabAuthManager")


def filled_in(value: str, home: Path, database: str) -> str:
    """A compose value as this machine needs it: secrets in, container paths and hosts replaced."""
    value = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda m: SECRETS[m[1]], value)
    value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
    value = re.sub(
        r"postgresql\+psycopg2://airflow:sample@postgres/(\w+)", lambda m: database.format(m[1]), value
    )
    for inside, here in {
        "/opt/toban/toban.toml": str(home / "toban.toml"),
        "/opt/toban/data": str(home / "data"),
        "/opt/toban/": f"{ROOT}/",
        "//apiserver:8080": f"//127.0.0.1:{PORT}",
        "localhost:8080": f"127.0.0.1:{PORT}",
    }.items():
        value = value.replace(inside, here)
    return value.replace("$$", "$")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The services' environment on a PostgreSQL of this test's own."""
    postgres = Postgres(tmp_path / "pg")
    database = postgres.urls["airflow"].replace("airflow", "{}")
    (tmp_path / "toban.toml").write_text(
        (ROOT / "toban.example.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    told = {
        key: filled_in(str(value), tmp_path, database)
        for name in ("init", "apiserver")
        for key, value in compose()["services"][name]["environment"].items()
    }
    own = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")}
    bin_folder = str(Path(sys.executable).parent)
    extra = {
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__API__PORT": str(PORT),
        "PYTHONPATH": str(ROOT / "include"),
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
    }
    yield own | told | extra
    postgres.stop()


@pytest.mark.soak
@pytest.mark.airflow
def test_each_service_starts_and_reports_itself_healthy(environment: dict[str, str], tmp_path: Path) -> None:
    services = compose()["services"]
    init = [filled_in(part, tmp_path, "") for part in services["init"]["command"]]
    subprocess.run(init, env=environment, cwd=ROOT, check=True, timeout=180, capture_output=True)
    subprocess.run(
        init, env=environment, cwd=ROOT, check=True, timeout=180, capture_output=True
    )  # again is harmless
    running = {}
    try:
        for name in AIRFLOW_SERVICES:
            with (tmp_path / f"{name}.log").open("wb") as log:
                running[name] = subprocess.Popen(
                    services[name]["command"],
                    env=environment,
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        wait_for_health(environment["AIRFLOW__API__BASE_URL"])
        for name in ("scheduler", "dag-processor"):
            check = services[name]["healthcheck"]["test"][1:]
            subprocess.run(check, env=environment, check=True, timeout=60, capture_output=True)
        assert login_works(environment["AIRFLOW__API__BASE_URL"], SECRETS["TOBAN_ADMIN_PASSWORD"])
        assert not login_works(environment["AIRFLOW__API__BASE_URL"], "admin")
        with create_engine(environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]).connect() as connection:
            assert connection.scalar(text("select count(*) from dag_version")) is not None
    finally:
        end(running.values())


def wait_for_health(url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            health = httpx.get(f"{url}/api/v2/monitor/health", timeout=5).json()
            if all(
                health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor")
            ):
                return
        except httpx.HTTPError:
            pass
        time.sleep(1)
    pytest.fail("the services did not become healthy within two minutes")


def login_works(url: str, password: str) -> bool:
    answer = httpx.post(f"{url}/auth/token", json={"username": "admin", "password": password}, timeout=30)
    return answer.status_code == 201


def end(processes: Any) -> None:
    for process in processes:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        for one in (*family, process):
            one.kill()
        process.wait()
