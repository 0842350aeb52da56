"""Secrets come from the environment, else from Airflow's connections, and show nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from toban.errors import SettingsError
from toban.wiring.access import access, intake_keys, ledger_url, optional_secret

ROOT = Path(__file__).parents[2]
OUTSIDE_AIRFLOW = ("AIRFLOW_HOME", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "TOBAN_LEDGER_URL")


@pytest.fixture(autouse=True)
def outside_airflow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OUTSIDE_AIRFLOW:
        monkeypatch.delenv(name, raising=False)


def test_the_environment_s_token_needs_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_SLACK_TOKEN", "xoxb-1")
    monkeypatch.delenv("TOBAN_SLACK_URL", raising=False)
    found = access("TOBAN_SLACK", "slack_api_default")
    assert (found.secret, found.url) == ("xoxb-1", None)


@pytest.mark.parametrize("url", ["nonsense", "api.pagerduty.com", "ftp://host", "https://"])
def test_an_address_that_http_cannot_reach_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_TOKEN", "token")
    monkeypatch.setenv("TOBAN_PAGERDUTY_URL", url)
    with pytest.raises(SettingsError, match=rf"'{url}' is no address.*https://host"):
        access("TOBAN_PAGERDUTY", "pagerduty_default")


def test_a_missing_token_is_a_sentence_with_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_SLACK_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="slack_api_default, or set TOBAN_SLACK_TOKEN"):
        access("TOBAN_SLACK", "slack_api_default")


def test_a_token_does_not_show_when_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_SLACK_TOKEN", "xoxb-very-secret")
    found = access("TOBAN_SLACK", "slack_api_default")
    assert "very-secret" not in f"{found!r} {found} {[found]}"


def test_a_secret_that_may_be_missing_is_none_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_HEARTBEAT_URL", raising=False)
    assert optional_secret("TOBAN_HEARTBEAT_URL", "toban_heartbeat") is None
    monkeypatch.setenv("TOBAN_HEARTBEAT_URL", "https://switch.example/1")
    assert optional_secret("TOBAN_HEARTBEAT_URL", "toban_heartbeat") == "https://switch.example/1"


@pytest.mark.parametrize(
    "given", [{}, {"TOKEN": "t"}, {"ROUTING_KEY": "k"}, {"TOKEN": "t", "ROUTING_KEY": "k"}]
)
def test_an_intake_s_keys_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"TOBAN_INTAKE_OWN_MONITOR_{name}", value)
    found = intake_keys("own-monitor")
    assert (found.token, found.routing_key) == (given.get("TOKEN"), given.get("ROUTING_KEY"))


def test_the_environment_s_ledger_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_LEDGER_URL", "sqlite:////var/toban/ledger.db")
    assert ledger_url("toban_ledger") == "sqlite:////var/toban/ledger.db"


def test_without_a_ledger_a_sentence_says_how_to_get_one() -> None:
    with pytest.raises(SettingsError, match=r"toban_ledger, or set TOBAN_LEDGER_URL.*sqlite:////"):
        ledger_url("toban_ledger")


@pytest.fixture(scope="module")
def in_airflow(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the functions give where Airflow is set up: in a process of its own, for it configures logging."""
    home = tmp_path_factory.mktemp("airflow")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TOBAN"))}
    told = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW_CONN_PAGERDUTY_DEFAULT": json.dumps(
            {"conn_type": "generic", "host": "http://127.0.0.1:8081", "password": "pd-very-secret"}
        ),
        "AIRFLOW_CONN_TOBAN_INTAKE_OWN-MONITOR": json.dumps(
            {"conn_type": "generic", "password": "in-very-secret", "extra": {"routing_key": "rk-very-secret"}}
        ),
        "AIRFLOW_CONN_TOBAN_LEDGER": (
            "postgres://us%40er:p%40ss%2Fw%3Ard%25@db.example:5433/ledger?sslmode=require&cursor=dictcursor"
        ),
        "AIRFLOW_CONN_TOBAN_MYSQL": "mysql://user:my-very-secret@db.example/ledger",
        "PYTHONPATH": str(ROOT / "include"),
    }
    command = [sys.executable, str(Path(__file__).with_name("resolve_access.py"))]
    done = subprocess.run(command, env=own | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)  # nothing else may stand there: results go to stdout
    return found | {"stderr": done.stderr}


@pytest.mark.airflow
def test_a_connection_s_password_is_the_token_and_its_host_the_address(in_airflow: dict[str, Any]) -> None:
    assert in_airflow["pagerduty"] == ["pd-very-secret", "http://127.0.0.1:8081"]


@pytest.mark.airflow
def test_an_intake_s_connection_holds_its_token_and_its_routing_key(in_airflow: dict[str, Any]) -> None:
    assert in_airflow["intake"] == ["in-very-secret", "rk-very-secret"]


@pytest.mark.airflow
def test_a_connection_made_in_airflow_s_pages_is_found_by_hand_too(in_airflow: dict[str, Any]) -> None:
    assert in_airflow["kept"] == ["kept-in-the-database", "http://slack.example:8443"]


@pytest.mark.airflow
def test_the_ledger_s_connection_keeps_an_encoded_password_and_its_tls(in_airflow: dict[str, Any]) -> None:
    url = make_url(in_airflow["ledger"])
    assert (url.drivername, url.host, url.port, url.database) == (
        "postgresql+psycopg2",
        "db.example",
        5433,
        "ledger",
    )
    assert (url.username, url.password) == ("us@er", "p@ss/w:rd%")
    assert url.query == {"sslmode": "require"}, "Airflow's own hints would be refused by PostgreSQL's client"


@pytest.mark.airflow
def test_a_connection_that_does_not_exist_is_a_sentence(in_airflow: dict[str, Any]) -> None:
    assert "toban_nowhere, or set TOBAN_SLACK_TOKEN" in in_airflow["absent"]
    assert "toban_nowhere, or set TOBAN_LEDGER_URL" in in_airflow["no_ledger"]


@pytest.mark.airflow
def test_a_heartbeat_s_address_may_be_a_connection_s_password_and_may_be_missing(
    in_airflow: dict[str, Any],
) -> None:
    assert (in_airflow["heartbeat"], in_airflow["no_heartbeat"]) == ("kept-in-the-database", None)


@pytest.mark.airflow
def test_a_ledger_that_is_no_postgresql_is_a_sentence(in_airflow: dict[str, Any]) -> None:
    assert "toban_mysql is of type 'mysql' and the ledger needs PostgreSQL" in in_airflow["mysql"]


@pytest.mark.airflow
def test_airflow_s_secrets_show_nowhere(in_airflow: dict[str, Any]) -> None:
    shown = [in_airflow["shown"], in_airflow["mysql"], in_airflow["absent"], in_airflow["stderr"]]
    assert not [text for text in shown if "very-secret" in text]
