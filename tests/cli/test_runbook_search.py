"""`toban runbooks match` where no rule speaks, and `evaluate`, as they are typed."""

import json

import pytest
from click.testing import CliRunner

from runbook_library import FILES
from shared_data import shared_path
from toban.cli import main


@pytest.fixture
def toban(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    for file, text in FILES.items():
        (tmp_path / "runbooks" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "runbooks" / file).write_text(text, encoding="utf-8")

    def toban(*arguments):
        return CliRunner().invoke(main, ["runbooks", *arguments])

    return toban


def pairs(tmp_path, *rows: dict[str, str]):
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


QUEUE = {
    "alert": "QueueGrows",
    "summary": "orders wait",
    "granularity": "service",
    "runbook": "replication.md",
}
CLOCK = {
    "alert": "NodeClockSkew",
    "summary": "time is odd",
    "granularity": "alert",
    "runbook": "nodes/NodeClockSkew.md",
}


def test_a_runbook_without_any_rule_is_found_and_says_why(toban):
    result = toban("match", "--text", "No space left on device", "--format", "json")
    (found,) = json.loads(result.stdout)
    assert found == {
        "runbook": "disk-full",
        "title": "Disk full",
        "reasons": ["words in common: No, space, left, device"],
        "confidence": found["confidence"],
        "first_step": "Run `df -h`.",
        "file": "disk-full.md",
        "url": None,
    }
    assert 0.35 <= found["confidence"] < 1


def test_confirmed_pairs_find_what_no_text_does(toban, tmp_path):
    asked = ("match", "--text", "QueueGrows orders wait", "--format", "json")
    assert json.loads(toban(*asked).stdout) == []
    (found,) = json.loads(toban(*asked, "--confirmed", pairs(tmp_path, QUEUE)).stdout)
    assert (found["runbook"], found["reasons"]) == ("replication", ["helped 1 time in such alerts"])


def test_an_evaluation_gives_the_figures_by_granularity(toban, tmp_path):
    file = pairs(tmp_path, QUEUE, CLOCK)
    result = toban("evaluate", "--pairs", file, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        {
            "alert": {"n": 1, "hit_at_1": 1.0, "hit_at_3": 1.0, "mrr": 1.0},
            "service": {"n": 1, "hit_at_1": 0.0, "hit_at_3": 0.0, "mrr": 0.0},
        },
    )
    assert "alert" in toban("evaluate", "--pairs", file).stdout
    unnamed = json.loads(toban("evaluate", "--pairs", file, "--without-name", "--format", "json").stdout)
    assert unnamed["alert"]["hit_at_1"] == 0


def test_pairs_whose_runbook_is_not_there_count_as_not_found_and_are_told(toban, tmp_path):
    file = pairs(tmp_path, CLOCK, CLOCK | {"runbook": "gone.md"})
    result = toban("evaluate", "--pairs", file, "--format", "json")
    assert json.loads(result.stdout)["alert"] == {"n": 2, "hit_at_1": 0.5, "hit_at_3": 0.5, "mrr": 0.5}
    assert result.stderr == "1 of 2 pairs name no runbook that is in runbooks; they count as not found.\n"
    assert toban("evaluate", "--pairs", pairs(tmp_path, CLOCK), "--format", "json").stderr == ""


def test_a_bad_line_is_one_sentence_with_its_number(toban, tmp_path):
    result = toban("evaluate", "--pairs", pairs(tmp_path, CLOCK, {"alert": "x"}))
    assert result.exit_code == 2
    assert result.stderr.startswith("toban: ")
    assert "line 2: granularity is None" in result.stderr
    nowhere = toban("evaluate", "--pairs", pairs(tmp_path, CLOCK), "--runbooks", "nowhere")
    assert (nowhere.exit_code, nowhere.stderr.count("\n")) == (2, 1)
    assert toban("match", "--text", "x", "--runbooks", "nowhere").exit_code == 2


@pytest.mark.soak
def test_on_real_alerts_and_runbooks_the_right_one_comes_first_as_often_as_measured(toban):
    directory = shared_path("data/runbook_matching")
    real = (
        "evaluate",
        "--runbooks",
        str(directory),
        "--format",
        "json",
        "--pairs",
        f"{directory}/pairs_dev.jsonl",
    )
    plain = json.loads(toban(*real).stdout)
    assert (plain["alert"]["n"], plain["service"]["n"]) == (203, 297)
    assert plain["alert"]["hit_at_1"] >= 0.88
    assert plain["service"]["hit_at_1"] >= 0.90
    assert json.loads(toban(*real, "--without-name").stdout)["alert"]["hit_at_1"] >= 0.78
    remembered = json.loads(toban(*real, "--confirmed", real[-1]).stdout)
    assert remembered["service"]["hit_at_1"] >= 0.95
    assert remembered["alert"]["hit_at_1"] >= 0.88
