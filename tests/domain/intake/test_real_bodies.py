"""Real bodies of monitoring tools: title, severity, source and what ends a problem come out right."""

import json
from typing import Any

import pytest

from shared_data import shared_path
from toban.domain.intake import Event, address_to_confirm, normalise

FOLDER = "data/monitoring_payloads"


def body(name: str) -> Any:
    return json.loads(shared_path(f"{FOLDER}/{name}.json").read_text(encoding="utf-8"))


def cases(name: str) -> dict[str, Any]:
    """The bodies of a file that holds several, by name."""
    return {case: held["payload"] for case, held in body(name)["ALERTS"].items()}


def told(event: Event) -> tuple[str, str, str, str]:
    return event.action, event.severity, event.summary, event.source


SINGLE = [
    (
        "alertmanager",
        "alerta/prometheus_v3_alert",
        ("trigger", "critical", "failedConnect: Connect fail", "host2"),
    ),
    (
        "alertmanager",
        "alerta/prometheus_v4_alert",
        ("trigger", "critical", "thing_dead: No things for over 10 minutes", "somehost"),
    ),
    (
        "cloudwatch",
        "alerta/cloudwatch_notification",
        (
            "trigger",
            "critical",
            "bucketbytesAlarm: bucket bytes size exceeded",
            "StorageType=StandardStorage, BucketName=try.alerta.io",
        ),
    ),
    (
        "cloudwatch",
        "alerta/cloudwatch_insufficient_data",
        (
            "trigger",
            "warning",
            "notificationCountAlarm: number of notifications exceeded",
            "TopicName=alerta-test",
        ),
    ),
    (
        "grafana",
        "alerta/grafana_6",
        (
            "trigger",
            "warning",
            "TEST -> Battery Voltage alert: Battery Voltage dropped below 23.7 Volts, please investigate",
            "Core",
        ),
    ),
    (
        "grafana",
        "alerta/grafana_alert_alerting",
        ("trigger", "critical", "CPU alert: boom!", "zeta.domain"),
    ),
    ("grafana", "alerta/grafana_alert_ok", ("resolve", "error", "CPU alert: boom!", "grafana.domain.tld")),
    (
        "grafana",
        "alerta/grafana_example",
        (
            "trigger",
            "critical",
            "My alert: Load is peaking. Make sure the traffic is real and spin up more webfronts",
            "url.to.grafana",
        ),
    ),
    (
        "newrelic",
        "alerta/new_relic_notification",
        (
            "trigger",
            "info",
            "New Relic Alert - Test Condition: I am a test Violation",
            "Myaccount (Staging)",
        ),
    ),
]


@pytest.mark.parametrize(("tool", "name", "expected"), SINGLE, ids=[name for _, name, _ in SINGLE])
def test_a_real_body(tool: str, name: str, expected: tuple[str, str, str, str]) -> None:
    (event,) = normalise(tool, body(name))
    assert told(event) == expected


def test_grafana_s_ok_ends_what_its_alerting_began() -> None:
    (begun,) = normalise("grafana", body("alerta/grafana_alert_alerting"))
    (ended,) = normalise("grafana", body("alerta/grafana_alert_ok"))
    assert begun.dedup_key == ended.dedup_key


@pytest.mark.parametrize("name", ["notification", "insufficient_data"])
def test_a_real_alarm_that_is_ok_again_ends_under_its_key(name: str) -> None:
    envelope = body(f"alerta/cloudwatch_{name}")
    well = json.loads(envelope["Message"]) | {"NewStateValue": "OK", "OldStateValue": "ALARM"}
    (begun,) = normalise("cloudwatch", envelope)
    (ended,) = normalise("cloudwatch", envelope | {"Message": json.dumps(well)})
    assert (begun.action, ended.action) == ("trigger", "resolve")
    assert begun.dedup_key == ended.dedup_key


def test_a_real_subscription_is_no_event_but_an_address_for_a_person() -> None:
    asked = body("alerta/cloudwatch_subscription_confirmation")
    assert normalise("cloudwatch", asked) == ()
    assert address_to_confirm(asked) == asked["SubscribeURL"]


SEVERAL = [
    (
        "cloudwatch",
        "keep/cloudwatch",
        {
            "high_cpu_usage": ("warning", "HighCPUUsage: CPU utilization is above 90% threshold", "AWS/EC2"),
            "high_memory_usage": (
                "error",
                "HighMemoryUsage: Memory utilization is above 85% threshold",
                "AWS/ECS",
            ),
            "high_error_rate": (
                "critical",
                "APIErrorRate: API error rate exceeds 5% threshold",
                "AWS/ApiGateway",
            ),
        },
    ),
    (
        "datadog",
        "keep/datadog",
        {
            "high_cpu_usage": ("warning", "High CPU Usage", "Datadog"),
            "low_disk_space": ("info", "Low Disk Space", "Datadog"),
            "mq_consumer_struggling": ("info", "MQ Consumer Is Struggling", "Datadog"),
        },
    ),
    (
        "grafana",
        "keep/grafana",
        {
            "HighMemoryConsumption": (
                "warning",
                "High Memory Usage: Memory Usage High on {{ host.name }}",
                "Grafana",
            ),
            "NetworkLatencyIsHigh": ("info", "Network Latency High on {{ host.name }}", "Grafana"),
        },
    ),
    (
        "alertmanager",
        "keep/prometheus",
        {
            "HighCPUUsage": ("critical", "CPU usage is over 90%", "example1"),
            "MQThirdFull (Message queue is over 33%)": (
                "warning",
                "Message queue is over 33% capacity",
                "Alertmanager",
            ),
            "MQFull (Message queue is full)": (
                "critical",
                "Message queue is over 90% capacity",
                "Alertmanager",
            ),
            "DiskSpaceLow": ("warning", "Disk space is below 20%", "Alertmanager"),
            "NetworkLatencyHigh": (
                "info",
                "Network latency is higher than normal for customer_id:acme",
                "Alertmanager",
            ),
        },
    ),
    (
        "sentry",
        "keep/sentry",
        {
            "browser_timeout": ("error", "Failed to fetch user profile", "frontend-app"),
            "server_overload": ("error", "Order submission failed", "frontend-app"),
            "database_timeout": ("error", "Failed to load product catalog", "frontend-app"),
        },
    ),
]


@pytest.mark.parametrize(("tool", "name", "expected"), SEVERAL, ids=[name for _, name, _ in SEVERAL])
def test_a_file_of_real_bodies(tool: str, name: str, expected: dict[str, tuple[str, str, str]]) -> None:
    found = {case: normalise(tool, held) for case, held in cases(name).items()}
    assert {case: told(event) for case, (event,) in found.items()} == {
        case: ("trigger", *rest) for case, rest in expected.items()
    }
