"""Prometheus Alertmanager, versions 3 and 4 of its webhook: one event for each alert of the group."""

from collections.abc import Mapping

from toban.domain.intake.making import event, key_of, key_of_labels, refused, titled
from toban.domain.intake.nouns import Event
from toban.domain.intake.reading import at, first, host, moment
from toban.domain.intake.severities import severity

PLACES = ("instance", "host", "hostname", "node", "pod", "container", "service", "job", "cluster")


def alertmanager(body: object) -> tuple[Event, ...]:
    """https://prometheus.io/docs/alerting/latest/configuration/#webhook_config."""
    return grouped("alertmanager", "Alertmanager", body)


def grouped(tool: str, name: str, body: object) -> tuple[Event, ...]:
    """Alerts in Alertmanager's form, which Grafana sends too; a single alert may come without its group."""
    alone = at(body, "alerts") is None and isinstance(at(body, "labels"), Mapping)
    alerts = [body] if alone else at(body, "alerts")
    if not isinstance(alerts, list):
        raise refused(name, "it has no list named alerts")
    if not all(isinstance(at(alert, "labels"), Mapping) for alert in alerts):
        raise refused(name, "one of its alerts has no labels")
    return tuple(_event(tool, name, alert, body) for alert in alerts)


def _event(tool: str, name: str, alert: object, body: object) -> Event:
    labels, notes = at(alert, "labels"), at(alert, "annotations")
    resolved = (first(alert, "status") or first(body, "status")).casefold() == "resolved"
    alert_name = first(labels, "alertname") or first(alert, "title")
    said = first(notes, "summary", "title", "message", "description") or first(alert, "summary")
    return event(
        resolved=resolved,
        key=_key(tool, labels, alert_name, said),
        summary=titled(alert_name, said) or f"{name} alert",
        source=first(labels, *PLACES) or host(at(body, "externalURL")) or name,
        severity=severity(
            first(labels, "severity"), first(notes, "severity"), first(labels, "level", "priority")
        ),
        timestamp=moment(at(alert, "endsAt" if resolved else "startsAt")),
        component=first(labels, "service", "app", "job"),
        group=first(labels, "cluster", "environment", "env", "namespace"),
        class_=alert_name,
        more={"labels": labels, "annotations": notes, "values": at(alert, "values")},
        links=(
            (at(notes, "runbook_url"), "Runbook"),
            (at(alert, "panelURL"), "Panel"),
            (at(alert, "dashboardURL"), "Dashboard"),
            (at(alert, "generatorURL"), "Source"),
            (at(alert, "silenceURL"), "Silence"),
        ),
    )


def _key(tool: str, labels: object, alert_name: str, said: str) -> str:
    """Alertmanager itself tells alerts apart by their labels; without a name among them the text counts."""
    if isinstance(labels, Mapping) and labels:
        return key_of_labels(tool, alert_name, labels if alert_name else {**labels, "": said})
    return key_of(tool, alert_name, said)
