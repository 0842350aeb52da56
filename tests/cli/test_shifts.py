"""toban shifts by hand, without Airflow."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duty_company import Company, company, team
from duty_samples import TOKYO
from toban.cli import main

Toban = Callable[..., Result]
TOML = """
fallback_channel = "#oncall"
[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
mode = "announce"
announce_channel = "#oncall"
escalation_policies = ["E1"]
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Company]:
    with company(tmp_path, team("pay", "E1")) as made:
        made.clock.now = datetime.now(UTC)  # a command takes the time from the machine
        yield made


@pytest.fixture
def toban(made: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toban:
    (tmp_path / "toban.toml").write_text(TOML)
    environment = {
        "TOBAN_SETTINGS": str(tmp_path / "toban.toml"),
        "TOBAN_WAREHOUSE": str(tmp_path / "warehouse"),
        "TOBAN_PAGERDUTY_TOKEN": "test",
        "TOBAN_PAGERDUTY_URL": made.pagerduty_url,
        "TOBAN_SLACK_TOKEN": "xoxb-test",
        "TOBAN_SLACK_URL": f"{made.slack_url}/api/",
        "TOBAN_LEDGER_URL": f"sqlite:///{tmp_path / 'cli.db'}",
    }
    monkeypatch.delenv("AIRFLOW_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["shifts", *arguments])

    return run


def test_announcing_twice_posts_once(toban: Toban, made: Company) -> None:
    first, second = toban("announce", "--team", "pay"), toban("announce", "--team", "pay")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout.startswith("Announced as shifts:#oncall:")
    assert "was announced already" in second.stdout
    assert len(made.roots()) == 1


def test_a_takeover_is_told_by_hand_too(toban: Toban, made: Company, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    early = (now.astimezone(TOKYO) - timedelta(hours=3)).strftime("%H:%M")  # far from the next announcement
    (tmp_path / "toban.toml").write_text(TOML + f"announce_at = {early}:00\n")
    assert toban("announce", "--team", "pay").exit_code == 0
    assert toban("watch").stdout == "Nobody took over.\n"
    made.override("S1", "PCLEO", now, now + timedelta(hours=2))
    assert ":E1:PCLEO@" in toban("watch").stdout
    assert toban("watch").stdout == "Nobody took over.\n"
    assert f"<@{made.slack_id('PCLEO')}> is on duty" in made.replies()[-1]["blocks"][0]["text"]["text"]


def test_a_dry_run_prints_message_and_thread_and_posts_nothing(toban: Toban, made: Company) -> None:
    result = toban("announce", "--team", "pay", "--dry-run", "--date", "2026-11-24")
    assert result.exit_code == 0
    assert "shifts:#oncall:2026-11-24T10:00:00+09:00 -> #oncall" in result.stdout
    assert f":pager: Level 1: <@{made.slack_id('PBEN')}> until 10:00 tomorrow" in result.stdout
    assert "*Handover · Payments*" in result.stdout
    assert made.messages() == []


def test_a_dry_run_needs_no_slack(toban: Toban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_SLACK_TOKEN")
    result = toban("announce", "--team", "pay", "--dry-run", "--date", "2026-11-24")
    assert result.exit_code == 0
    assert ":pager: Level 1: @Ben until" in result.stdout
    assert result.stderr.startswith("Mentions are not resolved.")


def test_another_day_can_only_be_looked_at(toban: Toban, made: Company) -> None:
    result = toban("announce", "--team", "pay", "--date", "2026-11-24")
    assert (result.exit_code, made.messages()) == (2, [])
    assert "--dry-run" in result.stderr


def test_an_unknown_team_is_wrong_usage_and_named(toban: Toban) -> None:
    result = toban("announce", "--team", "nobody")
    assert result.exit_code == 2
    assert "'nobody'" in result.stderr


def test_now_lists_who_is_on_call_at_each_level(toban: Toban) -> None:
    result = toban("now", "--format", "json")
    rows = json.loads(result.stdout)
    assert [(row["team"], row["policy"], row["level"]) for row in rows] == [
        ("Payments", "Policy E1", 1),
        ("Payments", "Policy E1", 2),
    ]
    assert rows[0]["person"] in {"Ann", "Ben"}
    assert rows[0]["schedule"] == "Schedule S1"
    assert rows[0]["until"].endswith("T10:00+09:00")
    assert (rows[1]["person"], rows[1]["until"]) == ("Dan", None)
