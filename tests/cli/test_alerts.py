"""toban alerts by hand, without Airflow."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alert_company import AlertCompany, alert_company, directory
from toban.cli import main

Toban = Callable[..., Result]
TOML = """
fallback_channel = "#oncall"
[pagerduty]
from_email = "pdan@example.com"
[[teams]]
id = "shop"
name = "Shop"
time_zone = "Asia/Tokyo"
mode = "act"
announce_channel = "#oncall"
alert_channel = "#shop-alerts"
schedules = ["S1"]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[AlertCompany]:
    given = directory()
    target = {"id": "S1", "type": "schedule_reference"}
    given["escalation_policies"][0]["escalation_rules"][0]["targets"] = [target]
    given["schedules"][0]["escalation_policies"] = [{"id": "E1", "type": "escalation_policy_reference"}]
    with alert_company(tmp_path, given=given) as made:
        made.clock.now = datetime.now(UTC)  # a command takes the time from the machine
        yield made


@pytest.fixture
def toban(shop: AlertCompany, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toban:
    (tmp_path / "toban.toml").write_text(TOML)
    environment = {
        "TOBAN_SETTINGS": str(tmp_path / "toban.toml"),
        "TOBAN_PAGERDUTY_TOKEN": "test",
        "TOBAN_PAGERDUTY_URL": shop.pagerduty_url,
        "TOBAN_SLACK_TOKEN": "xoxb-test",
        "TOBAN_SLACK_URL": f"{shop.slack_url}/api/",
        "TOBAN_LEDGER_URL": f"sqlite:///{tmp_path / 'cli.db'}",
    }
    monkeypatch.delenv("AIRFLOW_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(main, ["alerts", *arguments], catch_exceptions=False)


def test_a_pass_by_hand_calls_whoever_is_on_duty_once(toban: Toban, shop: AlertCompany) -> None:
    shop.fire()
    first, second = toban("run"), toban("run")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.endswith(" rounds, 0 left for the next pass.\n")
    assert second.stdout == "0 done in 1 rounds, 0 left for the next pass.\n"
    assert [key.split(":")[0] for key in shop.keys()]  # noqa: SIM118 - a method of the company == ["alert", "briefing"]


def test_a_dry_run_says_what_a_pass_would_do_and_does_nothing(toban: Toban, shop: AlertCompany) -> None:
    shop.fire("disk full on db-1")
    for _ in range(2):
        result = toban("run", "--dry-run", "--format", "json")
        [planned] = json.loads(result.stdout)
        assert planned.pop("people") in {"Ann", "Ben"}
        assert planned == {"about": "#1 disk full on db-1", "action": "open", "channel": "#shop-alerts"}
    assert shop.messages() == []


def test_a_storm_is_planned_as_one_message(toban: Toban, shop: AlertCompany) -> None:
    for number in range(25):
        shop.fire(f"node-{number} is down")
    planned = json.loads(toban("run", "--dry-run", "--format", "json").stdout)
    assert [(each["about"][:12], each["action"]) for each in planned] == [
        ("25 incidents", "open"),
        ("25 incidents", "part"),
    ]


def test_a_format_for_a_real_pass_is_refused(toban: Toban) -> None:
    result = toban("run", "--format", "json")
    assert result.exit_code == 2
    assert "--format json is for --dry-run" in result.stderr
