"""What each monitoring tool sends: the channel of a trigger with the alert's details."""

from collections.abc import Callable
from typing import Any

from toban.sandbox.history.case import Arrival


def trigger_channel(arrival: Arrival, integration: dict[str, Any]) -> dict[str, Any]:
    """The channel of the trigger entry; an alert by e-mail names no client."""
    tool, title = arrival.alert.tool, arrival.title
    details = alert_details(arrival, arrival.host)
    if "integration_email" in integration:
        sender = "zabbix@monitoring.example.com"
        return {
            "type": "email",
            "summary": title,
            "subject": title,
            "from": sender,
            "to": integration["integration_email"],
            "details": details,
        }
    return {
        "type": "api",
        "summary": title,
        "description": title,
        "incident_key": arrival.key,
        "service_key": integration["integration_key"],
        "client": tool,
        "client_url": f"https://{tool.split()[0].lower()}.example.com/alerts/{arrival.key}",
        "details": details,
    }


def alert_details(arrival: Arrival, host: str) -> dict[str, Any]:
    """The free-form body as the tool would fill it."""
    return _BODIES.get(arrival.alert.tool, _plain)(arrival, host)


def _plain(arrival: Arrival, host: str) -> dict[str, Any]:
    return {"host": host, "service": arrival.service.ref["summary"], "state": arrival.alert.severity}


def _datadog(arrival: Arrival, host: str) -> dict[str, Any]:
    tags = ["env:prod", f"host:{host}", f"service:{arrival.service.ref['summary']}"]
    return {"title": arrival.title, "monitor_state": "Triggered", "tags": tags}


def _cloudwatch(arrival: Arrival, host: str) -> dict[str, Any]:
    return {"AlarmName": arrival.title.split('"')[1], "NewStateValue": "ALARM", "InstanceId": host}


def _alertmanager(arrival: Arrival, host: str) -> dict[str, Any]:
    name = arrival.title.split("] ", 1)[1].split()[0]
    return {"firing": {"labels": {"alertname": name, "instance": host, "severity": arrival.alert.severity}}}


def _sentry(arrival: Arrival, host: str) -> dict[str, Any]:
    place = {"environment": "production", "server_name": host}
    return {"culprit": arrival.service.ref["summary"], "level": arrival.alert.severity, **place}


def _new_relic(arrival: Arrival, host: str) -> dict[str, Any]:
    return {"condition_name": arrival.title, "targets": host, "current_state": "open"}


def _zabbix(arrival: Arrival, host: str) -> dict[str, Any]:
    return {"host": host, "trigger": arrival.title, "severity": arrival.alert.severity}


def _pingdom(arrival: Arrival, host: str) -> dict[str, Any]:
    check = {"check_name": arrival.service.ref["summary"], "probe": host}
    return {**check, "current_state": "DOWN", "previous_state": "UP"}


_BODIES: dict[str, Callable[[Arrival, str], dict[str, Any]]] = {
    "Datadog": _datadog,
    "CloudWatch": _cloudwatch,
    "Prometheus Alertmanager": _alertmanager,
    "Sentry": _sentry,
    "New Relic": _new_relic,
    "Zabbix": _zabbix,
    "Pingdom": _pingdom,
}
