"""The command's promise: one sentence and an exit code, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toban.cli import COMMANDS, main
from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

UNSET = (
    "AIRFLOW_HOME",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "TOBAN_LEDGER_URL",
    "TOBAN_PAGERDUTY_TOKEN",
    "TOBAN_SETTINGS",
    "TOBAN_SLACK_TOKEN",
    "TOBAN_WAREHOUSE",
)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "include")}
SETTINGS = """
fallback_channel = "#oncall"
[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
mode = "announce"
announce_channel = "#oncall"
escalation_policies = ["E1"]
"""


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


def toban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_help_lists_every_command_in_its_own_words() -> None:
    result = toban("--help")
    assert result.exit_code == 0
    assert not [name for name in COMMANDS if f"  {name} " not in result.stdout]


def test_an_unknown_command_is_wrong_usage() -> None:
    result = toban("dance")
    assert result.exit_code == 2
    assert "No such command 'dance'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("sql", "select 1"), 1, "Nothing has been published in data/warehouse yet"),
        (("sync",), 2, "TOBAN_PAGERDUTY_TOKEN"),
        (("backfill", "--since", "2026-01-01"), 2, "TOBAN_PAGERDUTY_TOKEN"),
        (("doctor",), 2, "toban.toml cannot be read (No such file or directory); copy toban.example.toml"),
        (("shifts", "now"), 2, "toban.toml cannot be read"),
        (("report", "weekly", "--team", "pay"), 2, "toban.toml cannot be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_missing_is_one_sentence(arguments: tuple[str, ...], code: int, words: str) -> None:
    result = toban(*arguments)
    assert result.exit_code == code
    assert result.stderr.startswith("toban: ")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("command", [["sync"], ["poc"], ["backfill", "--since", "2026-01-01"]])
def test_an_impossible_address_is_not_asked_again_and_again(command: list[str]) -> None:
    result = toban(*command, "--pagerduty-url", "nonsense")
    assert result.exit_code == 2
    assert result.stderr.startswith("toban: 'nonsense' is no address")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", "当番"), ("iso-8859-1", "\\u5f53\\u756a")])
@pytest.mark.parametrize("style", ["table", "json", "csv"])
def test_a_locale_without_japanese_ends_no_command(
    numbers: list[str], encoding: str, shown: str, style: str
) -> None:
    query = [part if "select" not in part else "select '当番' as word" for part in numbers]
    narrow = ENVIRONMENT | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([*query, style], env=narrow, capture_output=True, check=False)
    assert shown in done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_missing_token_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "toban.toml").write_text(SETTINGS)
    result = toban("shifts", "announce", "--team", "pay")
    assert result.exit_code == 2
    assert "set TOBAN_SLACK_TOKEN" in result.stderr
    assert result.stderr.count("\n") == 1


def test_broken_settings_are_one_sentence_also_where_they_only_give_a_default(tmp_path: Path) -> None:
    (tmp_path / "toban.toml").write_text("fallback_channel = ")
    result = toban("metrics")
    assert result.exit_code == 2
    assert "toban.toml is not valid TOML" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_page_that_cannot_be_written_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(*_: object, **__: object) -> None:
        Path("no/such/folder/page.html").write_text("")

    monkeypatch.setattr("toban.cli.poc.command.callback", written)
    result = toban("poc")
    assert result.exit_code == 1
    assert result.stderr.startswith("toban: no/such/folder/page.html cannot be used (No such file")
    assert result.stderr.count("\n") == 1


def test_ctrl_c_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toban.cli.metrics.command.callback", stopped)
    result = toban("metrics")
    assert (result.exit_code, result.stderr) == (1, "\ntoban: Stopped; what was finished is kept.\n")


@pytest.fixture
def numbers(tmp_path: Path) -> list[str]:
    """A query for 5,000 rows, far more than a pipe holds."""
    with Warehouse(tmp_path / "w").write() as writer:
        fill_a_little(writer, 1)
        writer.rebuild_models()
        writer.publish()
    query = "select a, repeat('x', 40) from range(5000) numbers(a)"
    return [sys.executable, "-m", "toban", "sql", query, "--warehouse", "w", "--format"]


@pytest.mark.parametrize("style", ["table", "json", "csv"])
def test_a_reader_that_leaves_early_is_no_error(numbers: list[str], style: str) -> None:
    """As in `toban sql … | head -1`."""
    with subprocess.Popen(
        [*numbers, style], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read().decode() == ""
    assert process.returncode in {0, 1}


@pytest.mark.parametrize("style", ["table", "json", "csv"])
def test_a_reader_that_has_left_already_is_no_error(numbers: list[str], style: str) -> None:
    """With so little to say that it would all be written at the very end."""
    reader, writer = os.pipe()
    os.close(reader)
    few = [part.replace("5000", "2") for part in numbers]
    done = subprocess.run([*few, style], env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr.decode() == ""
    assert done.returncode in {0, 1}
