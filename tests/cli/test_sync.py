"""`toban sync` and `toban backfill` as a program calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from syncing import NOW, account, rows, seeded
from toban.cli import main

WITHOUT = (
    "TOBAN_SETTINGS",
    "TOBAN_WAREHOUSE",
    "TOBAN_PAGERDUTY_URL",
    "TOBAN_PAGERDUTY_TOKEN",
    "AIRFLOW_HOME",
)


@pytest.fixture(autouse=True)
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*WITHOUT, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"):
        monkeypatch.delenv(name, raising=False)


def toban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_json_has_the_four_documented_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "token")
    with account(seeded(30, days=10)) as served:
        result = toban(
            "sync", "--pagerduty-url", served.url, "--warehouse", str(tmp_path / "w"),
            "--since", "2026-11-01", "--until", "2026-11-20", "--format", "json",
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert list(told) == ["incidents", "log_entries", "api_calls", "seconds"]
    assert (told["incidents"], told["log_entries"]) == (30, 180)
    assert rows(tmp_path / "w", "select count(*) as n from incident_facts where history_complete") == [
        {"n": 30}
    ]


def test_the_last_day_is_included(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "token")
    with account(seeded(30, days=10)) as served:
        toban(
            "sync",
            "--pagerduty-url",
            served.url,
            "--warehouse",
            "w",
            "--since",
            "2026-11-01",
            "--until",
            "2026-11-20",
        )
    (newest,) = rows(tmp_path / "w", "select max(created_at) as at from log_entries")
    assert newest["at"].date() == NOW.date()


def test_a_missing_token_is_one_sentence_that_names_it() -> None:
    result = toban("sync", "--warehouse", "w")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "TOBAN_PAGERDUTY_TOKEN" in result.stderr


def test_a_refused_token_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "invalid")
    with account(seeded(1)) as served:
        result = toban("sync", "--pagerduty-url", served.url, "--warehouse", "w")
    assert result.exit_code == 1
    assert "does not know the token (401)" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_day_that_is_none_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "token")
    result = toban("sync", "--warehouse", "w", "--since", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no day such as 2026-01-31" in result.stderr


def test_backfill_tells_what_was_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "token")
    with account(seeded(30, days=10)) as served:
        result = toban("backfill", "--pagerduty-url", served.url, "--warehouse", "w", "--since", "2026-10-01")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("30 incidents and 180 log entries were news (")
