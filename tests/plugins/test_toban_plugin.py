"""Airflow loads the plugin, also with unusable settings, and a run is queued in Airflow's own database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from insights_warehouse import publish

ROOT = Path(__file__).parents[2]
SETTINGS = """
fallback_channel = "#oncall"
[slack]
trial_channel = "#trial"
[[teams]]
id = "shop"
name = "Shop"
time_zone = "UTC"
announce_channel = "#all"
escalation_policies = ["P1"]
"""

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def loaded(
    home: Path, settings: str | None, *options: str, script: str = "load_plugin.py"
) -> tuple[dict[str, Any], str]:
    """What Airflow makes of plugins/ in a process of its own, and what it logged."""
    if settings is not None:
        (home / "toban.toml").write_text(settings, encoding="utf-8")
    own = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "TOBAN"))}
    told = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "TOBAN_SETTINGS": str(home / "toban.toml"),
        "TOBAN_WAREHOUSE": str(home / "warehouse"),
        "PYTHONPATH": str(ROOT / "include"),
    }
    command = [sys.executable, str(Path(__file__).with_name(script)), *options]
    done = subprocess.run(command, env=own | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stdout + done.stderr


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found, _ = loaded(tmp_path_factory.mktemp("airflow"), SETTINGS, "--wake")
    return found


def test_the_receivers_are_an_app_of_their_own_beside_the_pages(plugin: dict[str, Any]) -> None:
    assert plugin["errors"] == {}
    assert plugin["apps"] == [["Toban receivers", "/toban-receive"], ["Toban", "/toban"]]
    assert "/pagerduty" in plugin["paths"]
    assert not {"/docs", "/redoc", "/openapi.json"} & set(plugin["paths"])


@pytest.mark.soak
def test_airflow_s_own_login_opens_the_pages(tmp_path: Path) -> None:
    publish(tmp_path / "warehouse")
    told, _ = loaded(tmp_path, SETTINGS, script="walk_pages.py")
    assert set(told["nobody"].values()) == {401}
    assert set(told["forged"].values()) <= {401, 403}
    assert set(told["no script"].values()) <= {401, 403}
    open_to_all = {"/toban/": 200, "/toban/incidents": 200, "/toban/definitions": 200,
                   "/toban/static/1/insights.css": 200, "/toban/nothing": 404, "/toban/docs": 404,
                   "/toban/openapi.json": 404}  # fmt: skip
    assert told["viewer"] == told["script"] == open_to_all | {"/toban/responders": 403}
    assert told["op"] == open_to_all | {"/toban/responders": 200}


def test_the_pages_stand_in_airflow_s_navigation(plugin: dict[str, Any]) -> None:
    (view,) = plugin["views"]
    assert (view["name"], view["href"], view["destination"]) == ("On-call", "toban/", "nav")
    assert view["icon"].startswith("toban/static/")


def test_whoever_forks_later_has_the_clients_imported(plugin: dict[str, Any]) -> None:
    assert plugin["imported"] == ["pdpyras", "slack_sdk", "sqlalchemy", "duckdb", "toban.wiring.runs"]


def test_a_wake_up_queues_one_run_and_none_while_it_waits(plugin: dict[str, Any]) -> None:
    assert plugin["wakes"]["twice"] == [True, True, 1]
    assert plugin["wakes"]["taken"] is False


def test_a_run_that_has_begun_is_followed_by_another(plugin: dict[str, Any]) -> None:
    assert plugin["wakes"]["running"] == [True, 2]
    assert all(run_id.startswith("webhook__") for run_id in plugin["wakes"]["ids"])


def test_a_queued_run_that_somebody_put_off_does_not_count(plugin: dict[str, Any]) -> None:
    assert plugin["wakes"]["put_off"] == [True, 3]


def test_an_unknown_paused_or_broken_dag_is_not_woken(plugin: dict[str, Any]) -> None:
    wakes = plugin["wakes"]
    assert (wakes["unknown"], wakes["paused"], wakes["broken"]) == (False, [False, []], False)


def test_missing_settings_do_not_break_airflow(tmp_path: Path) -> None:
    found, log = loaded(tmp_path, None)
    assert (found["errors"], len(found["apps"])) == ({}, 2)
    assert log.count("Toban's receivers answer 503") == 1
