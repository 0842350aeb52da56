"""What of PagerDuty's objects arrives in the warehouse, and what must not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syncing import NOW, account, rows, seeded
from toban.clients.pagerduty.windows import Window
from toban.clients.warehouse import Warehouse
from toban.domain.spans import Span
from toban.jobs.sync_window import Stored, store_window
from toban.sandbox.history import History

pytestmark = pytest.mark.slow

SECRETS = ("+819012345678", "aiko@example.com", "monitor@example.com", "0123456789abcdef0123")


def history_with(*entries: dict[str, Any], **incident: Any) -> History:
    """Ten incidents, of which the first has these further entries and fields."""
    history = seeded(10)
    first = history.items[0]
    first["incident"] |= incident
    common = {key: first["log_entries"][-1][key] for key in ("created_at", "service", "incident", "teams")}
    for number, entry in enumerate(entries):
        first["log_entries"].append({"id": f"RX{number}", "agent": common["service"], **common, **entry})
    return history


def alerts_of(incident: dict[str, Any], count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"A{number}", "type": "alert", "status": "resolved", "alert_key": f"k{number}",
         "summary": "CPU high", "severity": "error", "suppressed": False, "service": incident["service"],
         "created_at": incident["created_at"],
         "incident": {"id": incident["id"], "type": "incident_reference", "summary": "x"},
         "body": {"type": "alert_body", "contexts": [], "details": {"host": f"web{number}"}}}
        for number in range(count)
    ]  # fmt: skip


def test_no_address_reaches_the_warehouse(tmp_path: Path) -> None:
    sms = {"notification": {"type": "sms", "address": SECRETS[0], "status": "success"}}
    mail = {
        "from": SECRETS[2],
        "to": "x@acme.example.com",
        "subject": "Disk",
        "body": f"write to {SECRETS[1]}",
    }
    history = history_with(
        {"type": "notify_log_entry", "channel": {"type": "auto", **sms}, "summary": f"Texted {SECRETS[0]}"},
        {"type": "trigger_log_entry", "channel": {"type": "email", "summary": "Disk", **mail}},
        {"type": "teleport_log_entry", "channel": {"type": "web"}, "whom": {"address": SECRETS[1]}},
        {"type": "trigger_log_entry", "channel": {"type": "api", "summary": "x", "service_key": SECRETS[3]}},
    )
    with account(history) as served:
        served.sync(tmp_path)
        emails = [user["email"] for user in served.world.directory.all("users")]
    tables = rows(tmp_path, "select table_name as name from duckdb_tables() where not internal")
    assert len(tables) > 10
    for table in tables:
        for row in rows(tmp_path, f"select * from {table['name']}"):
            assert not any(secret in str(row) for secret in (*SECRETS, *emails)), table
    stored = rows(tmp_path, "select type, details from log_entries where id = 'RX2'")
    assert stored[0]["type"] == "teleport"
    assert "whom" in stored[0]["details"]


def test_a_single_alert_costs_no_request_and_several_cost_one(tmp_path: Path) -> None:
    history = history_with(alert_counts={"all": 3, "triggered": 0, "resolved": 3})
    history.items[0]["alerts"] = alerts_of(history.items[0]["incident"], 3)
    with account(history) as served:
        served.sync(tmp_path)
        assert served.calls()["GET /incidents/{key}/alerts"] == 1
        served.clock.forward(minutes=5)
        served.sync(tmp_path)
        assert "GET /incidents/{key}/alerts" not in served.calls()
    stored = rows(tmp_path, "select id, severity, details->>'$.details.host' as host from alerts order by id")
    assert [row["host"] for row in stored] == ["web0", "web1", "web2"]


def test_an_unchanged_incident_in_the_overlap_is_not_asked_for_its_alerts_again(tmp_path: Path) -> None:
    history = history_with(alert_counts={"all": 2, "triggered": 0, "resolved": 2})
    history.items[-1]["incident"]["alert_counts"] = {"all": 2, "triggered": 0, "resolved": 2}
    with account(history) as served:
        served.clock.forward(minutes=-50)
        served.sync(tmp_path)
        assert served.calls()["GET /incidents/{key}/alerts"] == 2
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
        assert "GET /incidents/{key}/alerts" not in served.calls()


def test_a_triggers_body_and_tool_are_stored(tmp_path: Path) -> None:
    channel = {"type": "api", "summary": "x", "client": "Zabbix", "details": {"host": "db1", "value": 97}}
    with account(history_with({"type": "trigger_log_entry", "channel": channel})) as served:
        served.sync(tmp_path)
    (stored,) = rows(
        tmp_path,
        "select channel_client, details->>'$.details.host' as host from log_entries where id = 'RX0'",
    )
    assert stored == {"channel_client": "Zabbix", "host": "db1"}


def test_an_entry_without_an_incident_is_left_out_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stray = {"id": "RX0", "type": "annotate_log_entry", "created_at": "2026-11-20T10:00:00Z"}
    window = Window(Span(NOW - timedelta(hours=3), NOW), 1, iter([[stray]]))
    with account(history_with()) as served, Warehouse(tmp_path).write() as writer:
        assert store_window(served.pagerduty(), writer, window) == Stored()
    assert "RX0 names no incident" in caplog.text
