"""The receivers' app with real parts: secrets from the environment, runs through Airflow, faults as 503."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from installation import Installation
from sandbox_server import running
from toban.errors import SettingsError
from toban.web.signatures import signature
from toban.wiring import build, receivers

SECRET = "secret-of-pagerduty"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("TOBAN_AIRFLOW_USER", "toban")
    monkeypatch.setenv("TOBAN_AIRFLOW_PASSWORD", "hush-hush")
    monkeypatch.setenv("TOBAN_AIRFLOW_URL", "http://127.0.0.1:1")


def deliver(url: str) -> int:
    event = {"event_type": "incident.triggered", "occurred_at": datetime.now(UTC).isoformat()}
    content = json.dumps({"event": event}).encode()
    headers = {"X-PagerDuty-Signature": signature(SECRET, content)}
    return httpx.post(f"{url}/pagerduty", content=content, headers=headers).status_code


@pytest.mark.usefixtures("toban")
def test_an_airflow_that_is_away_lets_pagerduty_come_again(caplog: pytest.LogCaptureFixture) -> None:
    with running(receivers.alone(build.settings())) as url:
        assert deliver(url) == 503
        assert httpx.post(f"{url}/pagerduty", content=b"{}").status_code == 401
    assert "Airflow does not answer at http://127.0.0.1:1" in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.parametrize("text", ["one,two", " one , two ,", "\none,\ntwo\n"])
def test_secrets_stand_side_by_side_while_one_replaces_another(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_WEBHOOK_SECRET", text)
    assert receivers.webhook_secrets() == ("one", "two")


@pytest.mark.parametrize("text", ["", " ", ",", " , "])
def test_an_empty_secret_is_none(toban: Installation, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_WEBHOOK_SECRET", text)
    assert toban.settings.exists()
    assert receivers.webhook_secrets() == ()


@pytest.mark.usefixtures("toban")
def test_what_serve_lacks_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_AIRFLOW_USER")
    monkeypatch.delenv("TOBAN_AIRFLOW_PASSWORD")
    with pytest.raises(SettingsError, match="TOBAN_AIRFLOW_USER and TOBAN_AIRFLOW_PASSWORD must be set"):
        receivers.alone(build.settings())


@pytest.mark.usefixtures("toban")
def test_airflow_s_address_is_that_of_the_settings_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_AIRFLOW_URL")
    assert build.settings().reporting.airflow_url == "http://airflow.example"
    receivers.alone(build.settings())


def test_unusable_settings_answer_503_and_the_log_says_why_once(
    toban: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    toban.settings.write_text('fallback_channel = "#oncall"\ncolour = "red"\n')
    with running(receivers.in_airflow()) as url:
        assert [deliver(url), deliver(url), httpx.get(f"{url}/x/y").status_code] == [503, 503, 503]
    assert caplog.text.count("colour is not a known key") == 1
