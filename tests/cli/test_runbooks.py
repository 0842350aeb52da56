"""`toban runbooks check` and `match`, as they are typed."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from runbook_samples import JAPANESE, shelf, text
from toban.cli import main
from toban.clients.warehouse import Warehouse
from warehouse_data import NOON, add_incident, fill_a_little

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day a person would write


@pytest.fixture
def toban(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    monkeypatch.delenv("TOBAN_WAREHOUSE", raising=False)
    (tmp_path / "runbooks").mkdir()

    def toban(*arguments):
        return CliRunner().invoke(main, ["runbooks", *arguments])

    return toban


def both(tmp_path, **head):
    shelf(tmp_path / "runbooks", disk=text(reviewed=TODAY, **head), disk__ja=text(JAPANESE, reviewed=TODAY))


def test_a_match_says_why_and_what_to_do_first(toban, tmp_path):
    both(tmp_path, services="[Shop]")
    result = toban("match", "--text", "Disk full\non db-1", "--service", "shop", "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "runbook": "disk",
            "title": "Disk full",
            "reasons": ["phrase “disk full”", "service “shop”"],
            "confidence": 1.0,
            "first_step": "Run `df -h`.",
            "file": "disk.md",
            "url": None,
        }
    ]


def test_a_match_in_japanese_links_to_the_japanese_file(toban, tmp_path):
    both(tmp_path)
    (tmp_path / "toban.toml").write_text(
        'fallback_channel = "#a"\n[slack]\ntrial_channel = "#t"\n[runbooks]\nurl = "https://git.example.com/r/"\n'
        '[[teams]]\nid = "a"\nname = "A"\ntime_zone = "UTC"\nannounce_channel = "#a"\nschedules = ["P1"]\n'
    )
    result = toban("match", "--text", "disk full", "--language", "ja", "--format", "json")
    (found,) = json.loads(result.stdout)
    assert found["reasons"] == ["語句「disk full」"]
    assert found["url"] == "https://git.example.com/r/disk.ja.md"
    assert found["first_step"] == "`df -h` を実行します。"


def test_no_match_is_said_and_is_no_failure(toban, tmp_path):
    both(tmp_path, services="[Shop]", tools="[Datadog]", severity="[error]")
    assert "No runbook" in toban("match", "--text", "tape torn").stdout
    for option, value in (("--service", "Mail"), ("--tool", "Zabbix"), ("--severity", "info")):
        result = toban("match", "--text", "disk full", option, value, "--format", "json")
        assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_match_tells_that_a_file_could_not_be_used(toban, tmp_path):
    both(tmp_path)
    shelf(tmp_path / "runbooks", bad="nothing")
    assert "toban runbooks check" in toban("match", "--text", "disk full").stderr


def test_a_check_without_a_fault_is_quiet(toban, tmp_path):
    both(tmp_path)
    result = toban("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 usable runbooks, 0 errors, 0 warnings.\n"


def test_a_check_fails_on_an_error_and_tells_file_and_line(toban, tmp_path):
    both(tmp_path)
    shelf(tmp_path / "runbooks", bad=text(colour="red"))
    result = toban("check", "--format", "json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)
    assert list(problem) == ["file", "line", "level", "kind", "text"]
    assert (problem["file"], problem["line"], problem["level"], problem["kind"]) == (
        "bad.md",
        6,
        "error",
        "invalid",
    )


def test_a_warning_is_no_failure(toban, tmp_path):
    shelf(tmp_path / "runbooks", disk=text(reviewed="2020-01-01"))
    result = toban("check", "--format", "json")
    assert result.exit_code == 0
    assert [problem["kind"] for problem in json.loads(result.stdout)] == ["missing-version", "stale"]


def test_a_check_asks_the_warehouse_what_fired_in_the_last_ninety_days(toban, tmp_path):
    both(tmp_path, keywords="[incident]")
    shelf(tmp_path / "runbooks", tape=text(keywords="[tape torn]", reviewed=TODAY))
    shelf(tmp_path / "runbooks", tape__ja=text(JAPANESE, keywords=None, reviewed=TODAY))
    with Warehouse(tmp_path / "w").write() as writer:
        fill_a_little(writer, 0)
        add_incident(writer, (date.today() - NOON.date() - timedelta(days=2)).days * 24 // 11)  # noqa: DTZ011
        writer.rebuild_models()
        writer.publish()
    result = toban("check", "--warehouse", str(tmp_path / "w"), "--format", "json")
    assert [(problem["kind"], problem["file"]) for problem in json.loads(result.stdout)] == [
        ("unused", "tape.md")
    ]


def test_a_directory_that_is_not_there_is_an_error_with_the_next_step(toban):
    result = toban("check", "--runbooks", "nowhere", "--format", "csv")
    assert result.exit_code == 1
    assert "set runbooks.directory" in result.stdout
