"""From a monitoring tool's webhook to an incident in PagerDuty, with everything real but PagerDuty itself."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

import intake_samples as samples
from installation import Installation
from sandbox_server import running
from toban.errors import SettingsError
from toban.web.receivers import create_receivers
from toban.wiring import build, intake
from toban.wiring.access import intake_keys

TOKEN = "intake-hush-hush"
NOBODY = "http://127.0.0.1:9"
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Tool:
    """A monitoring tool that may send to an intake of its own."""

    toban: Installation
    id: str

    @property
    def prefix(self) -> str:
        return f"TOBAN_INTAKE_{self.id.upper().replace('-', '_')}"

    def incidents(self, name: str) -> list[str]:
        """The status of each incident whose title begins with the name."""
        return [
            each["status"]
            for each in list(self.toban.world.incidents)
            if each["title"].startswith(f"{name}:")
        ]

    def waits_for(self, name: str, statuses: list[str]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while self.incidents(name) != statuses:
            assert time.monotonic() < deadline, self.incidents(name)
            time.sleep(0.05)


@pytest.fixture
def tool(toban: Installation, monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Alertmanager, configured under a new id: keys are remembered for a while, by id."""
    made = Tool(toban, f"am-{uuid4().hex[:8]}")
    toban.edit_settings("[[teams]]", f'[[intake]]\nid = "{made.id}"\ntool = "alertmanager"\n\n[[teams]]')
    service = next(each for each in toban.world.directory.all("services") if each["integrations"])
    monkeypatch.setenv(f"{made.prefix}_TOKEN", TOKEN)
    monkeypatch.setenv(f"{made.prefix}_ROUTING_KEY", service["integrations"][0]["integration_key"])
    monkeypatch.setenv("TOBAN_PAGERDUTY_EVENTS_URL", toban.pagerduty_url)
    return made


@contextmanager
def receiving() -> Iterator[httpx.Client]:
    """The receivers' app, and what the tool posts with."""
    routes = intake.router(build.settings())
    assert routes is not None
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with (
        running(create_receivers([routes])) as url,
        httpx.Client(base_url=url, headers=headers, timeout=30) as client,
    ):
        yield client


def alert(name: str, status: str = "firing") -> samples.Body:
    body = samples.alertmanager(status, "db-1")
    body["alerts"][0]["labels"]["alertname"] = name
    return body


def test_an_alert_becomes_an_incident_at_once_and_its_end_resolves_it(tool: Tool) -> None:
    with receiving() as client:
        assert client.post(f"/intake/{tool.id}", json=alert("Flood")).status_code == 202
        tool.waits_for("Flood", ["triggered"])
        assert client.post(f"/intake/{tool.id}", json=alert("Flood", "resolved")).status_code == 202
        tool.waits_for("Flood", ["resolved"])


def test_a_slow_pagerduty_does_not_hold_up_the_tool(tool: Tool) -> None:
    slow = {"kind": "timeout", "path": "/v2/enqueue", "seconds": 3.0}
    httpx.post(f"{tool.toban.pagerduty_url}/_sandbox/faults", json=slow).raise_for_status()
    with receiving() as client:
        client.post(f"/intake/{tool.id}", json={"alerts": []})
        begun = time.monotonic()
        for n in range(3):
            assert client.post(f"/intake/{tool.id}", json=alert(f"Slow{n}")).status_code == 202
        assert time.monotonic() - begun < 2.5
        for n in range(3):
            tool.waits_for(f"Slow{n}", ["triggered"])


def test_while_pagerduty_is_away_alerts_are_taken_and_a_later_pass_sends_them(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_EVENTS_URL", NOBODY)
    with receiving() as client:
        assert client.post(f"/intake/{tool.id}", json=alert("Drought")).status_code == 202
        assert client.post(f"/intake/{tool.id}", json=alert("Drought", "resolved")).status_code == 202
    monkeypatch.setenv("TOBAN_PAGERDUTY_EVENTS_URL", tool.toban.pagerduty_url)
    later = datetime.now(UTC) + timedelta(minutes=10)
    result = intake.send_due(build.settings(), later)
    assert result is not None
    assert (result.sent, tool.incidents("Drought")) == (2, ["resolved"])


def test_a_pass_forgets_what_pagerduty_took_a_week_ago(tool: Tool) -> None:
    with receiving() as client:
        client.post(f"/intake/{tool.id}", json=alert("Haze"))
        tool.waits_for("Haze", ["triggered"])
    for days, known in ((6, True), (8, False)):
        intake.send_due(build.settings(), datetime.now(UTC) + timedelta(days=days))
        assert bool(tool.toban.ledger.outbox.standings()) is known


def test_many_alerts_at_once_are_one_incident_each(tool: Tool) -> None:
    names = [f"Storm{n}" for n in range(60)]
    with receiving() as client, ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda name: client.post(f"/intake/{tool.id}", json=alert(name)).status_code, [*names, *names]
            )
        )
        assert set(answers) == {202}
        for name in names:
            tool.waits_for(name, ["triggered"])


def test_an_alert_that_cannot_be_kept_is_sent_again_by_the_tool(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOBAN_LEDGER_URL", "sqlite:////nowhere/at/all/ledger.db")
    with receiving() as client:
        assert client.post(f"/intake/{tool.id}", json=alert("Frost")).status_code == 503
    assert tool.incidents("Frost") == []


def test_secrets_show_nowhere(tool: Tool, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("toban", "urllib3", "uvicorn"):
        caplog.set_level(logging.DEBUG, name)
    keys = intake_keys(tool.id)
    with receiving() as client:
        client.post(f"/intake/{tool.id}", json=alert("Hail"))
        tool.waits_for("Hail", ["triggered"])
        client.post(f"/intake/{tool.id}", json={})
    shown = caplog.text + repr(keys)
    assert "/v2/enqueue" in shown, "the log of what was sent is looked at"
    assert TOKEN not in shown
    assert str(keys.routing_key) not in shown


@pytest.mark.usefixtures("toban")
def test_without_an_intake_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_LEDGER_URL", "sqlite:////nowhere/at/all/ledger.db")
    settings = build.settings()
    assert settings.intake == ()
    assert intake.send_due(settings, datetime.now(UTC)) is None
    assert intake.router(settings) is None


@pytest.mark.usefixtures("tool")
def test_an_address_of_the_events_api_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOBAN_PAGERDUTY_EVENTS_URL", "events.pagerduty.com")
    with pytest.raises(SettingsError, match=r"'events\.pagerduty\.com' is no address"):
        intake.send_due(build.settings(), datetime.now(UTC))


def test_a_mapping_in_the_settings_reaches_the_route(
    toban: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Tool(toban, f"own-{uuid4().hex[:8]}")
    mapping = '{ title = "name", severity = "level", severities = { Boom = "info" } }'
    block = f'[[intake]]\nid = "{own.id}"\ntool = "generic"\nmapping = {mapping}\n\n[[teams]]'
    toban.edit_settings("[[teams]]", block)
    monkeypatch.setenv(f"{own.prefix}_TOKEN", TOKEN)
    with receiving() as client:
        assert client.post(f"/intake/{own.id}", json={"name": "Own: x", "level": "boom"}).status_code == 202
        (event,) = toban.ledger.outbox.take(
            own.id, now=datetime.now(UTC), limit=9, lease=timedelta(minutes=1)
        )
    assert event.event["payload"]["severity"] == "info"
    assert event.event["client"] == own.id
