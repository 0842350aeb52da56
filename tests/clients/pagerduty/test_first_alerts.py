"""What the tool said: its name, how grave, and the details as text that can be read and is safe to keep."""

from typing import Any

import duckdb
import pytest

from toban.clients.pagerduty.first_alerts import LONGEST_BODY, read_alert
from toban.clients.pagerduty.monitoring_tools import KNOWN, tool_name
from toban.clients.warehouse.texts import sql_text
from toban.domain.alerts.nouns import Alert

AS_SENT = [
    "Datadog US1", "AWS", "Amazon SNS", "SAWS", "cloudwatch", "Prometheus", "my alertmanager", "Grafana",
    "newrelic", "New Relic", "ZABBIX", "Nagios XI", "Sentry", "Pingdom", "Dynatrace", "Splunk", "Stackdriver",
    "Google Cloud", "Azure", "Mackerel", "Airflow", "email", "E-mail", "by e-mail", "  Our own  ", "", "  ",
    "Grafana for Prometheus",
]  # fmt: skip


def body(**channel: Any) -> str:
    return read_alert({"channel": {"type": "api", **channel}}).body


def test_the_name_of_a_tool_is_the_warehouses_too() -> None:
    case = sql_text("fragments/monitoring_tool.sql")
    rows = duckdb.execute(f"select tool, {case} from (select unnest(?) as tool)", [AS_SENT]).fetchall()
    assert {sent: tool_name(sent) for sent in AS_SENT} == dict(rows)
    assert {name for _, name in KNOWN} <= {name for _, name in rows}
    assert tool_name(None) is None


@pytest.mark.parametrize(
    ("entry", "tool"),
    [
        ({"channel": {"type": "api", "client": "Zabbix 7"}}, "Zabbix"),
        ({"channel": {"type": "api", "cef_details": {"client": "Sentry"}}}, "Sentry"),
        ({"channel": {"type": "email"}}, "Email"),
        ({"channel": {"type": "nagios"}}, "Nagios"),
        ({"agent": {"type": "inbound_integration_reference", "summary": "Grafana 11"}}, "Grafana"),
        ({"agent": {"type": "service_reference", "summary": "Checkout"}, "channel": {"type": "api"}}, None),
        ({"agent": {"type": "user_reference", "summary": "Aiko"}, "channel": {"type": "website"}}, None),
    ],
)
def test_the_tool_is_found_where_the_entry_names_one(entry: dict[str, Any], tool: str | None) -> None:
    assert read_alert(entry).tool == tool


def test_an_entry_of_nulls_is_an_alert_that_says_nothing() -> None:
    assert read_alert({"channel": None, "agent": None}) == Alert()
    assert read_alert({"channel": {"details": None, "cef_details": "odd", "client": None}}) == Alert()


def test_details_are_lines_with_the_names_of_what_they_lie_in() -> None:
    details = {"host": "web-01", "tags": ["a", {"k": 1}], "disk": {"used": 91.2, "full": True}, "empty": None}
    assert body(details=details).splitlines() == [
        "host: web-01", "tags: a", "tags.k: 1", "disk.used: 91.2", "disk.full: True"
    ]  # fmt: skip
    assert body(details="as\nit is") == "as\nit is"
    assert body(cef_details={"details": {"a": 1}}) == "a: 1"


def test_an_e_mail_is_its_text_without_tags_and_addresses() -> None:
    page = "<p>Disk &lt;full&gt;</p> write to ops@example.com"
    mail = body(type="email", body=page, body_content_type="text/html", **{"from": "x@example.com"})
    assert mail.split() == ["Disk", "<full>", "write", "to", "[removed]"]
    assert body(type="email", body="plain <b>", body_content_type="text/plain") == "plain <b>"


def test_keys_and_ways_to_reach_people_are_left_out() -> None:
    details = {"routing_key": "secret", "deep": {"Phone": "x", "ok": "call 03-1234-5678"}}
    assert body(details=details) == "deep.ok: call [removed]"


def test_a_body_is_cut_after_it_is_masked() -> None:
    text = "x" * (LONGEST_BODY - 8) + " ann@example.com"
    assert body(details=text) == "x" * (LONGEST_BODY - 8) + " [remove"
    assert len(body(details={str(number): "y" * 100 for number in range(5_000)})) <= LONGEST_BODY


def test_details_nested_without_end_do_not_stop_the_pass() -> None:
    nested: Any = "core"
    for _ in range(900):
        nested = {"a": nested}
    assert body(details={"first": "seen", "then": nested}) == "first: seen"
