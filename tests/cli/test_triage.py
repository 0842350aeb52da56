"""`toban triage`, as it is typed."""

import json

import pytest
from click.testing import CliRunner

from toban.cli import main
from toban.clients.warehouse import Warehouse
from triage_samples import history_of


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    history_of(directory)
    return directory


@pytest.fixture
def toban(tmp_path, monkeypatch, directory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(directory))
    return lambda *arguments: CliRunner().invoke(main, ["triage", *arguments])


def test_similar_shows_five_incidents_with_how_each_ended(toban):
    result = toban("similar", "--text", "Disk full on web-397: 5%", "--service", "shop", "--format", "json")
    rows = json.loads(result.stdout)
    assert len(rows) == 5
    assert {row["service"] for row in rows} == {"shop"}
    assert {row["handled_by"] for row in rows} == {"Aiko"}
    assert {row["minutes"] for row in rows} == {120}
    assert "grew <!channel> the disk" in [note for row in rows for note in row["notes"]]


def test_similar_without_a_service_and_as_a_table(toban):
    result = toban("similar", "--text", "Disk full on web-397: 5%")
    assert result.exit_code == 0
    assert "Disk full on web-397: 397%" in result.stdout


def test_a_verdict_needs_a_model_and_training_makes_one(toban):
    ask = ("verdict", "--text", "Queue of web-1 is long: 3%", "--service", "S1")
    assert "Needs a person: triage has no trained model." in toban(*ask).stdout
    trained = json.loads(toban("train", "--format", "json").stdout)
    assert trained["serves"] == trained["version"]
    assert trained["incidents"] == 400
    found = json.loads(toban(*ask, "--format", "json").stdout)
    assert (found["like_ended"], found["like_of"], found["usual_s"]) == (48, 50, 300)
    assert found["model"] == trained["version"]
    assert "serves: no better than the model that serves" in toban("train").stdout


def test_a_high_priority_needs_a_person_in_japanese(toban):
    toban("train")
    text = "Queue of web-1 is long: 3%"
    result = toban("verdict", "--text", text, "--service", "shop", "--priority", "P1", "--language", "ja")
    assert "担当者の確認が必要です。優先度がP1です。" in result.stdout


def test_a_verdict_in_a_terminal_has_no_escapes_of_slack(toban):
    result = toban("verdict", "--text", "Disk filled on web-1: 3%", "--service", "shop")
    assert "alike: Disk full on <name>: <n>% (last on" in result.stdout


def test_a_service_that_nobody_knows_is_said(toban):
    result = toban("verdict", "--text", "x", "--service", "nope")
    assert (result.exit_code, "No service has the id or name 'nope'" in result.stderr) == (2, True)


def test_without_a_snapshot_it_is_said_how_to_get_one(toban, tmp_path):
    result = toban("similar", "--text", "x", "--warehouse", str(tmp_path))
    assert (result.exit_code, "toban sync" in result.stderr) == (1, True)


def test_evaluate_prints_figures_of_a_file(toban, tmp_path):
    rows = [
        {
            "title": f"Queue of web-{n} is long" if n % 2 else "Disk is full",
            "created_at": f"2026-01-{1 + n // 24:02}T{n % 24:02}:00:00Z",
            "resolved_at": f"2026-01-{1 + n // 24:02}T{n % 24:02}:{5 if n % 2 else 50:02}:00Z",
        }
        for n in range(200)
    ]
    file = tmp_path / "incidents.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = json.loads(toban("evaluate", "--incidents", str(file), "--format", "json").stdout)
    assert (found["n"], found["auc"]["value"]) == (200, 1.0)
    assert "brier_template_majority" in toban("evaluate", "--incidents", str(file)).stdout


def test_precision_is_shown_by_week_and_nothing_for_nothing(toban, directory):
    assert json.loads(toban("precision", "--format", "json").stdout) == []
    told = [
        {"incident_id": f"Q{n}", "verdict": "by_itself", "reason": "history", "runbook_id": None}
        for n in range(352, 360)
    ]
    with Warehouse(directory).write() as writer:
        writer.merge("alert_readings", told)
        writer.publish()
    (week,) = json.loads(toban("precision", "--format", "json").stdout)
    assert (week["week"], week["said_by_itself"]) == ("2026-10-26", 8)
    assert (week["by_itself_right"], week["by_itself_wrong"], week["by_itself_share"]) == (4, 4, 0.5)
    assert "4 of 8" in toban("precision").stdout
