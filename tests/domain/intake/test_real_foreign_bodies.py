"""Real bodies of tools that have no module of their own work through a mapping in toban.toml."""

import json
from typing import Any

import pytest

from shared_data import shared_path
from toban.domain.intake import Event, Paths, normalise

FOLDER = "data/monitoring_payloads"
PINGDOM = Paths(
    title="check_name",
    severity="importance_level",
    source="check_params.hostname",
    dedup_key="check_id",
    status="current_state",
    resolved_values=("up",),
)
STACKDRIVER = Paths(
    title="incident.summary",
    severity="incident.metadata.system_labels.severity",
    source="incident.resource_name",
    dedup_key="incident.incident_id",
    status="incident.state",
    resolved_values=("closed",),
)
THOUSANDEYES = Paths(
    title="alert.ruleName",
    severity="alert.severity",
    source="alert.testName",
    dedup_key="alert.alertId",
    status="eventType",
    resolved_values=("ALERT_NOTIFICATION_CLEAR",),
)
GRAYLOG_SAYS = (
    "Stream had 2 messages in the last 1 minutes with trigger condition more than 1 messages. "
    "(Current grace time: 1 minutes)"
)
CASES: list[tuple[str, str, Paths, tuple[str, str, str, str]]] = [
    (
        "alerta/pingdom_down",
        "",
        PINGDOM,
        ("trigger", "error", "Alerta API on OpenShift", "api.alerta.io"),
    ),
    ("alerta/pingdom_up", "", PINGDOM, ("resolve", "error", "Alerta API on OpenShift", "api.alerta.io")),
    (
        "alerta/stackdriver_open",
        "",
        STACKDRIVER,
        (
            "trigger",
            "error",
            "CPU (agent) for webserver-85 is above the threshold of 1% with a value of 28.5%",
            "webserver-85",
        ),
    ),
    (
        "alerta/stackdriver_closed",
        "",
        STACKDRIVER,
        (
            "resolve",
            "error",
            "CPU (agent) for webserver-85 is above the threshold of 1% with a value of 28.5%",
            "webserver-85",
        ),
    ),
    (
        "keep/gcpmonitoring",
        "ALERTS.5XX_errors_production.payload",
        STACKDRIVER,
        (
            "trigger",
            "critical",
            "High rate of 5XX errors detected in production environment",
            "projects/987654/apps/prod-web-cluster",
        ),
    ),
    (
        "alerta/vmware_vrealize",
        "",
        Paths(
            title="info",
            severity="criticality",
            source="resourceName",
            dedup_key="alertId",
            status="status",
            resolved_values=("CANCELED",),
            severities={"ALERT_CRITICALITY_LEVEL_WARNING": "warning"},
        ),
        ("trigger", "warning", "sample-info", "sample-object-name"),
    ),
    (
        "alerta/graylog_notification",
        "",
        Paths(
            title="check_result.result_description",
            source="stream.title",
            dedup_key="check_result.triggered_condition.id",
            status="check_result.triggered",
            resolved_values=("false",),
        ),
        (
            "trigger",
            "error",
            GRAYLOG_SAYS,
            "test",
        ),
    ),
    (
        "keep/graylog",
        "ALERTS",
        Paths(
            title="event_definition_title",
            severity="event.priority",
            source="event.source",
            dedup_key="event_definition_id",
            severities={"3": "critical"},
        ),
        ("trigger", "critical", "Event - 1", "server"),
    ),
    (
        "keep/axiom",
        "ALERTS",
        Paths(
            title="event.title",
            source="event.matchedEvent.bar",
            dedup_key="event.monitorID",
            status="action",
            resolved_values=("Closed",),
        ),
        ("trigger", "error", "Triggered: New monitor", "baz"),
    ),
    (
        "keep/checkly",
        "ALERTS",
        Paths(
            title="check_name",
            source="run_location",
            dedup_key="check_id",
            status="alert_type",
            resolved_values=("ALERT_RECOVERY",),
        ),
        ("resolve", "error", "API Check #1", "Singapore"),
    ),
    (
        "keep/checkmk",
        "ALERTS",
        Paths(
            title="summary",
            severity="severity",
            source="host",
            dedup_key="host",
            status="notification_type",
            resolved_values=("recovery",),
        ),
        ("resolve", "info", "CheckMK server1 - DOWN -> UP", "server1"),
    ),
    (
        "keep/coralogix",
        "ALERTS",
        Paths(
            title="description",
            severity="fields.3.value",
            source="name",
            dedup_key="alert_id",
            status="alert_action",
            resolved_values=("resolve",),
        ),
        ("trigger", "error", "This is a test alert", "Keep"),
    ),
    (
        "keep/dash0",
        "ALERTS",
        Paths(
            title="data.issue.checkrules.0.name",
            source="data.issue.labels.0.value.stringValue",
            dedup_key="data.issue.issueIdentifier",
            status="data.issue.status",
            resolved_values=("resolved",),
        ),
        ("resolve", "error", "New Check Rule", "my-first-observable-service"),
    ),
    (
        "keep/libre_nms",
        "ALERTS",
        Paths(
            title="name",
            severity="severity",
            source="hostname",
            dedup_key="alert_id",
            status="state",
            resolved_values=("0",),
        ),
        ("resolve", "info", "Devices up/down", "10.10.1.147"),
    ),
    (
        "keep/signalfx",
        "ALERTS.simulate.payload",
        Paths(
            title="inputs.rule",
            severity="severity",
            source="originatingMetric",
            dedup_key="incidentId",
            status="statusExtended",
            resolved_values=("ok", "stopped"),
        ),
        ("trigger", "critical", "logs", "sf.org.log.numMessagesDroppedThrottle"),
    ),
    (
        "keep/thousandeyes",
        "ALERT.0",
        THOUSANDEYES,
        ("trigger", "info", "Default Agent Offline Notification", "the tool"),
    ),
    (
        "keep/thousandeyes",
        "ALERT.1",
        THOUSANDEYES,
        ("resolve", "info", "PDF Test", "https://pdf.ezhil.dev - HTTP Server"),
    ),
    (
        "keep/wazuh",
        "ALERTS",
        Paths(title="message", severity="severity", dedup_key="created_at"),
        ("trigger", "info", "New dpkg (Debian Package) installed.", "the tool"),
    ),
]


def body(name: str, inside: str = "") -> Any:
    found = json.loads(shared_path(f"{FOLDER}/{name}.json").read_text(encoding="utf-8"))
    for part in filter(None, inside.split(".")):
        found = found[int(part) if isinstance(found, list) else part]
    return found


def one(name: str, inside: str, paths: Paths) -> Event:
    (event,) = normalise("generic", body(name, inside), paths)
    return event


@pytest.mark.parametrize(
    ("name", "inside", "paths", "expected"), CASES, ids=[f"{name} {inside}" for name, inside, _, _ in CASES]
)
def test_a_real_body_through_a_mapping(
    name: str, inside: str, paths: Paths, expected: tuple[str, str, str, str]
) -> None:
    event = one(name, inside, paths)
    assert (event.action, event.severity, event.summary, event.source) == expected


@pytest.mark.parametrize(
    ("begun", "ended", "paths"),
    [
        ("alerta/pingdom_down", "alerta/pingdom_up", PINGDOM),
        ("alerta/stackdriver_open", "alerta/stackdriver_closed", STACKDRIVER),
    ],
)
def test_a_real_end_has_the_key_of_its_beginning(begun: str, ended: str, paths: Paths) -> None:
    assert one(begun, "", paths).dedup_key == one(ended, "", paths).dedup_key


def test_a_list_of_real_alerts_is_read_one_by_one() -> None:
    events = normalise("generic", body("keep/thousandeyes", "ALERT"), THOUSANDEYES)
    assert [event.action for event in events] == ["trigger", "resolve"]
