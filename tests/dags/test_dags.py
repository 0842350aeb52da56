"""Every DAG parses, keeps the house's policy, and runs at the hour people expect."""

import itertools
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).parents[2]
SINCE = "2026-01-01T00:00:00+00:00"
TEAMS = {"tokyo": "Asia/Tokyo", "berlin": "Europe/Berlin", "newyork": "America/New_York"}
TEAM = """
[[teams]]
id = "{id}"
name = "Team {id}"
time_zone = "{zone}"
announce_channel = "#all"
escalation_policies = ["P{id}"]
people_channel = "#leads"
labour = {{ preset = "japan", monthly_report = {reports} }}
"""
EXPECTED = {
    "toban_sync_incidents",
    "toban_reconcile_incidents",
    "toban_backfill_incidents",
    "toban_watch_takeovers",
    "toban_handle_alerts",
    "toban_labour_report__tokyo",
    "toban_train_triage",
    *(f"toban_{kind}__{team}" for kind in ("announce_shifts", "weekly_report") for team in TEAMS),
}

pytestmark = pytest.mark.airflow


def read_dags(home: Path, settings: str) -> dict[str, Any]:
    """What Airflow finds in dags/ with that toban.toml, read in a process of its own."""
    (home / "toban.toml").write_text(settings, encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")} | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "TOBAN_SETTINGS": str(home / "toban.toml"),
        "PYTHONPATH": str(ROOT / "include"),
    }
    command = [sys.executable, str(Path(__file__).with_name("describe_dags.py")), str(ROOT / "dags"), SINCE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    settings = 'fallback_channel = "#oncall"\n[slack]\ntrial_channel = "#trial"\n'
    settings += "".join(
        TEAM.format(id=name, zone=zone, reports=str(name == "tokyo").lower()) for name, zone in TEAMS.items()
    )
    return read_dags(tmp_path_factory.mktemp("airflow"), settings)


def test_every_file_gives_the_dags_it_should(found: dict[str, Any]) -> None:
    assert found["errors"] == {}
    assert set(found["dags"]) == EXPECTED


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_every_dag_tells_an_operator_what_a_red_run_means(found: dict[str, Any], dag_id: str) -> None:
    dag = found["dags"][dag_id]
    assert "red run" in dag["doc"]
    assert "toban" in dag["tags"]
    assert dag["tells_failure"]
    assert dag["max_active_runs"] == 1
    assert not dag["catchup"]
    assert all(task["timeout"] > 0 for task in dag["tasks"].values())


def test_each_dag_has_one_task_of_its_job_s_name_and_health_follows_the_report(found: dict[str, Any]) -> None:
    for dag_id, dag in found["dags"].items():
        job = dag_id.removeprefix("toban_").split("__")[0]
        assert sorted(dag["tasks"]) == (["health_report", job] if job == "weekly_report" else [job])


@pytest.mark.parametrize(("team", "zone"), TEAMS.items())
def test_the_announcement_comes_at_ten_local_every_day_of_the_year(
    found: dict[str, Any], team: str, zone: str
) -> None:
    runs = local_runs(found, f"toban_announce_shifts__{team}", zone)
    assert len(runs) == 365
    assert {(run.hour, run.minute) for run in runs} == {(10, 0)}
    assert len({run.date() for run in runs}) == 365


@pytest.mark.parametrize(("team", "zone"), TEAMS.items())
def test_the_weekly_report_comes_on_monday_at_ten_local(found: dict[str, Any], team: str, zone: str) -> None:
    runs = local_runs(found, f"toban_weekly_report__{team}", zone)
    assert len(runs) == 52
    assert {(run.weekday(), run.hour) for run in runs} == {(0, 10)}


def test_the_labour_month_comes_on_the_first_working_day_at_ten_local(found: dict[str, Any]) -> None:
    runs = local_runs(found, "toban_labour_report__tokyo", "Asia/Tokyo")
    assert {(run.hour, run.minute) for run in runs} == {(10, 0)}
    first, repeats = runs[::5], [run.date() for run in runs]
    days = "1-2 2-2 3-2 4-1 5-1 6-1 7-1 8-3 9-1 10-1 11-2 12-1"  # 1 January is a holiday, 1 November a Sunday
    assert " ".join(f"{run.month}-{run.day}" for run in first) == days
    assert repeats == [run.date() + timedelta(days=n) for run in first for n in range(5)]


def test_the_sync_comes_every_five_minutes(found: dict[str, Any]) -> None:
    runs = [datetime.fromisoformat(run) for run in found["dags"]["toban_sync_incidents"]["runs"]]
    assert {(b - a).total_seconds() for a, b in itertools.pairwise(runs)} == {300}


def test_unusable_settings_show_as_one_sentence_in_airflow(tmp_path: Path) -> None:
    found = read_dags(tmp_path, 'fallback_channel = "#oncall"\ncolour = "red"\n')
    assert set(found["dags"]) == {d for d in EXPECTED if "__" not in d}
    assert all("colour is not a known key" in text for text in found["errors"].values())
    assert len(found["errors"]) == 3  # announcements, weekly reports and labour months are made per team


def local_runs(found: dict[str, Any], dag_id: str, zone: str) -> list[datetime]:
    """The runs of 2026, in local time."""
    runs = [datetime.fromisoformat(run).astimezone(ZoneInfo(zone)) for run in found["dags"][dag_id]["runs"]]
    return [run for run in runs if datetime(2026, 1, 1, tzinfo=UTC) <= run and run.year == 2026]
