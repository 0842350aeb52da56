"""Each tool's own form: what begins a problem, what ends it under the same key, and what is no news."""

from datetime import UTC, datetime
from typing import Any

import pytest

import intake_samples as samples
from toban.domain.intake import Event, Link, normalise
from toban.errors import BodyRefused

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HALF_PAST = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


def one(tool: str, body: object) -> Event:
    """The only event of the body."""
    (event,) = normalise(tool, body)
    return event


def test_alertmanager_sends_one_event_for_each_alert_of_a_group() -> None:
    first, second = normalise("alertmanager", samples.alertmanager("firing", "db-1", "db-2"))
    assert (first.summary, first.source, first.severity) == (
        "DiskFull: Disk of db-1 is full",
        "db-1",
        "critical",
    )
    assert (second.source, second.class_, second.component) == ("db-2", "DiskFull", "node")
    assert first.dedup_key != second.dedup_key
    assert first.timestamp == datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)
    assert first.links[0] == Link("https://wiki.example/disk", "Runbook")


def test_alertmanager_s_alerts_end_one_by_one_whatever_the_group_says() -> None:
    body = samples.alertmanager("firing", "db-1", "db-2")
    body["alerts"][0] |= samples.alertmanager("resolved", "db-1")["alerts"][0]
    ended, burning = normalise("alertmanager", body)
    assert (ended.action, burning.action) == ("resolve", "trigger")
    assert ended.timestamp == HALF_PAST


def test_labels_tell_alerts_apart_in_whatever_order_they_come() -> None:
    body, turned = samples.alertmanager("firing", "a"), samples.alertmanager("firing", "a")
    turned["alerts"][0]["labels"] = dict(reversed(body["alerts"][0]["labels"].items()))
    assert one("alertmanager", body).dedup_key == one("alertmanager", turned).dedup_key


def test_grafana_s_unified_alerting_is_read_alert_by_alert() -> None:
    event = one("grafana", samples.grafana("firing"))
    assert (event.summary, event.source, event.severity) == (
        "High memory: Memory is above 90 %",
        "Grafana",
        "error",
    )
    assert [link.text for link in event.links] == ["Panel", "Silence"]
    assert event.custom_details["values"] == {"B": 91.2}


@pytest.mark.parametrize(("state", "count"), [("pending", 0), ("paused", 0), ("no_data", 1)])
def test_grafana_s_older_alerts_are_no_news_before_they_burn(state: str, count: int) -> None:
    body = {"title": "[No Data] Queue", "ruleId": 3, "state": state}
    assert len(normalise("grafana", body)) == count


@pytest.mark.parametrize(
    ("transition", "kind", "action", "severity"),
    [
        ("Triggered", "error", "trigger", "critical"),
        ("Re-Triggered", "error", "trigger", "critical"),
        ("Warn", "warning", "trigger", "warning"),
        ("No Data", "error", "trigger", "warning"),
        ("Recovered", "success", "resolve", "info"),
    ],
)
def test_datadog_s_transitions(transition: str, kind: str, action: str, severity: str) -> None:
    event = one("datadog", samples.datadog(transition, kind))
    assert (event.action, event.severity) == (action, severity)
    assert (event.summary, event.source, event.component, event.group) == (
        "CPU is high",
        "web-1",
        "checkout",
        "prod",
    )
    assert event.dedup_key == "datadog:9bd4ac313a4d1e8fae2482df7b77628"


def test_datadog_s_default_payload_is_told_apart_by_its_title_and_group() -> None:
    begun = one("datadog", samples.datadog_default("[P2] [Triggered on {host:a}] CPU is high"))
    ended = one("datadog", samples.datadog_default("[P2] [Recovered on {host:a}] CPU is high"))
    other = one("datadog", samples.datadog_default("[P2] [Triggered on {host:b}] CPU is high"))
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert begun.dedup_key == ended.dedup_key != other.dedup_key
    assert (begun.summary, begun.source, begun.severity) == ("CPU is high", "a", "error")
    assert begun.timestamp == NOON


@pytest.mark.parametrize("raw", [True, False])
def test_a_cloudwatch_alarm_ends_with_ok_raw_or_in_sns_s_envelope(raw: bool) -> None:
    def sent(state: str) -> object:
        import json  # noqa: PLC0415 - SNS writes JSON into JSON

        return (
            samples.alarm(state)
            if raw
            else {"Type": "Notification", "Message": json.dumps(samples.alarm(state))}
        )

    begun, ended = one("cloudwatch", sent("ALARM")), one("cloudwatch", sent("OK"))
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert (
        begun.dedup_key
        == ended.dedup_key
        == "cloudwatch:arn:aws:cloudwatch:ap-northeast-1:1:alarm:checkout-5xx"
    )
    assert (begun.summary, begun.source, begun.severity, begun.timestamp) == (
        "checkout-5xx: Too many 5xx",
        "LoadBalancer=app/checkout",
        "critical",
        NOON,
    )


def test_text_that_somebody_publishes_to_the_topic_is_said_too() -> None:
    event = one(
        "cloudwatch", {"Type": "Notification", "Subject": "Budget", "Message": "80 % used", "TopicArn": "t"}
    )
    assert (event.action, event.summary, event.source) == ("trigger", "Budget", "t")


@pytest.mark.parametrize("action", ["created", "unresolved"])
def test_a_sentry_issue_and_its_alert_are_one_problem(action: str) -> None:
    alert, issue = one("sentry", samples.sentry_event()), one("sentry", samples.sentry_issue(action))
    ended = one("sentry", samples.sentry_issue("resolved"))
    assert alert.dedup_key == issue.dedup_key == ended.dedup_key == "sentry:1170820242"
    assert (alert.action, issue.action, ended.action) == ("trigger", "trigger", "resolve")
    for event in (alert, issue):
        assert (event.summary, event.source, event.severity) == (
            "ReferenceError: heck is not defined",
            "checkout",
            "critical",
        )
    assert alert.group == "production"


def test_a_sentry_issue_given_to_somebody_is_no_news() -> None:
    assert normalise("sentry", samples.sentry_issue("assigned")) == ()


def test_a_sentry_metric_alert_climbs_and_ends_under_one_key() -> None:
    events = [one("sentry", samples.sentry_metric(action)) for action in ("warning", "critical", "resolved")]
    assert [event.severity for event in events[:2]] == ["warning", "critical"]
    assert [event.action for event in events] == ["trigger", "trigger", "resolve"]
    assert {event.dedup_key for event in events} == {"sentry:metric:4"}
    assert (events[0].summary, events[0].source) == ("Too many errors", "checkout, web")


def test_new_relic_s_issues() -> None:
    begun, ended = (one("newrelic", samples.newrelic_issue(state)) for state in ("ACTIVATED", "CLOSED"))
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert begun.dedup_key == ended.dedup_key
    assert (begun.summary, begun.source, begun.severity, begun.group) == (
        "Memory Used % > 90 for at least 2 minutes on 'checkout'",
        "checkout, web",
        "error",
        "Golden signals",
    )
    assert (begun.timestamp, ended.timestamp) == (NOON, HALF_PAST)
    assert normalise("newrelic", samples.newrelic_issue("ACKNOWLEDGED")) == ()


def test_new_relic_s_older_incidents() -> None:
    begun, ended = (one("newrelic", samples.newrelic_incident(state)) for state in ("open", "closed"))
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert begun.dedup_key == ended.dedup_key == "newrelic:1:42"
    assert (begun.summary, begun.source, begun.severity) == (
        "Slow checkout: Apdex < 0.5 for at least 5 minutes",
        "checkout",
        "critical",
    )
    assert normalise("newrelic", samples.newrelic_incident("acknowledged")) == ()


def test_zabbix_s_problem_and_its_recovery() -> None:
    begun, ended = one("zabbix", samples.zabbix("1")), one("zabbix", samples.zabbix("0"))
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert begun.dedup_key == ended.dedup_key
    assert (begun.summary, begun.source, begun.severity, begun.timestamp) == (
        "High CPU utilization (over 90% for 5m)",
        "db-1",
        "error",
        NOON,
    )
    assert begun.links[0].href == "https://zabbix.example/tr_events.php?triggerid=16046&eventid=90210"


@pytest.mark.parametrize(
    ("number", "severity"),
    [("0", "info"), ("1", "info"), ("2", "warning"), ("3", "warning"), ("4", "error"), ("5", "critical")],
)
def test_zabbix_s_six_severities(number: str, severity: str) -> None:
    assert one("zabbix", samples.zabbix("1", number)).severity == severity


def test_what_zabbix_had_no_value_for_is_left_out() -> None:
    event = one("zabbix", samples.zabbix("1", host_name="{HOST.NAME}"))
    assert (event.source, event.group, event.class_) == ("192.0.2.7", None, None)


def test_an_update_in_zabbix_is_no_news() -> None:
    assert normalise("zabbix", samples.zabbix("1", event_update_status="1")) == ()


@pytest.mark.parametrize(
    ("status", "is_open", "action", "severity"),
    [
        ("critical", True, "trigger", "critical"),
        ("warning", True, "trigger", "warning"),
        ("unknown", True, "trigger", "error"),
        ("ok", False, "resolve", "info"),
        ("critical", False, "resolve", "critical"),
    ],
)
def test_mackerel_s_statuses(status: str, is_open: bool, action: str, severity: str) -> None:
    event = one("mackerel", samples.mackerel(status, is_open=is_open))
    assert (event.action, event.severity, event.dedup_key) == (action, severity, "mackerel:2bjKxy")
    assert (event.summary, event.source, event.group) == ("負荷: loadavg5 2.26 > 1.96", "app01", "Shop: web")
    assert event.timestamp == (NOON if action == "trigger" else HALF_PAST)


def test_mackerel_s_test_is_no_news() -> None:
    assert normalise("mackerel", {"event": "sample", "message": "Sample Notification from Mackerel"}) == ()


FOREIGN: list[tuple[str, Any]] = [
    ("alertmanager", samples.mackerel("critical")),
    ("grafana", samples.alarm("ALARM")),
    ("datadog", samples.zabbix("1")),
    ("cloudwatch", samples.grafana("firing")),
    ("sentry", samples.mackerel("critical")),
    ("newrelic", samples.zabbix("1")),
    ("zabbix", samples.alertmanager("firing", "a")),
    ("mackerel", samples.newrelic_issue("CREATED")),
]


@pytest.mark.parametrize(("tool", "body"), FOREIGN, ids=[tool for tool, _ in FOREIGN])
def test_another_tool_s_body_is_refused_in_a_sentence(tool: str, body: object) -> None:
    with pytest.raises(BodyRefused, match=r"This is no alert of .*; check which tool"):
        normalise(tool, body)
