"""Bodies as monitoring tools send them, written by hand after their documentation."""

from typing import Any

Body = dict[str, Any]


def alertmanager(status: str, *hosts: str) -> Body:
    alerts = [
        {
            "status": status,
            "labels": {"alertname": "DiskFull", "severity": "page", "instance": host, "job": "node"},
            "annotations": {"summary": f"Disk of {host} is full", "runbook_url": "https://wiki.example/disk"},
            "startsAt": "2026-03-04T12:00:00.123456789Z",
            "endsAt": "2026-03-04T12:30:00Z" if status == "resolved" else "0001-01-01T00:00:00Z",
            "generatorURL": "https://prometheus.example/graph?g0.expr=up",
        }
        for host in hosts
    ]
    return {"version": "4", "status": status, "alerts": alerts, "externalURL": "https://am.example:9093"}


def grafana(status: str) -> Body:
    alert = {
        "status": status,
        "labels": {"alertname": "High memory", "zone": "tokyo"},
        "annotations": {"summary": "Memory is above 90 %"},
        "startsAt": "2026-03-04T12:00:00+09:00",
        "endsAt": "2026-03-04T13:00:00+09:00" if status == "resolved" else "0001-01-01T00:00:00Z",
        "values": {"B": 91.2},
        "fingerprint": "c6eadffa33fcdf37",
        "silenceURL": "https://grafana.example/silence",
        "dashboardURL": "",
        "panelURL": "https://grafana.example/panel",
    }
    return {
        "receiver": "toban",
        "status": status,
        "orgId": 1,
        "alerts": [alert],
        "title": "[FIRING:1] High memory",
    }


def datadog_default(title: str) -> Body:
    """What Datadog sends where nobody wrote a payload: a new id each time."""
    return {
        "body": "%%%\n@webhook-toban\n%%%",
        "last_updated": "1772625600000",
        "event_type": "metric_alert_monitor",
        "title": title,
        "date": "1772625600000",
        "org": {"id": "1", "name": "Example"},
        "id": str(abs(hash(title))),
    }


def datadog(transition: str, kind: str) -> Body:
    """With the payload that the documentation of Toban proposes."""
    return {
        "title": f"[{transition} on {{host:web-1,env:prod}}] CPU is high",
        "alert_transition": transition,
        "alert_type": kind,
        "alert_id": "4711",
        "aggreg_key": "9bd4ac313a4d1e8fae2482df7b77628",
        "alert_scope": "env:prod,host:web-1",
        "alert_metric": "system.cpu.user",
        "priority": "normal",
        "hostname": "web-1",
        "tags": "env:prod,service:checkout",
        "link": "https://app.datadoghq.com/event/event?id=1",
        "date": "1772625600000",
    }


def sentry_event() -> Body:
    event = {
        "event_id": "e4874d664c3540c1a32eab185f12c5ab",
        "issue_id": "1170820242",
        "url": "https://sentry.io/api/0/projects/acme/checkout/events/e4874d664c3540c1a32eab185f12c5ab/",
        "web_url": "https://sentry.io/organizations/acme/issues/1170820242/events/e4874d/",
        "title": "ReferenceError: heck is not defined",
        "level": "fatal",
        "datetime": "2026-03-04T12:00:00.000Z",
        "project": 1,
        "platform": "javascript",
        "tags": [["environment", "production"], ["level", "fatal"]],
        "metadata": {"type": "ReferenceError"},
    }
    return {"action": "triggered", "data": {"event": event, "triggered_rule": "Very important"}}


def sentry_issue(action: str) -> Body:
    issue = {
        "id": "1170820242",
        "shortId": "CHECKOUT-1",
        "title": "ReferenceError: heck is not defined",
        "level": "fatal",
        "project": {"id": "1", "name": "Checkout", "slug": "checkout"},
        "web_url": "https://sentry.io/organizations/acme/issues/1170820242/",
        "lastSeen": "2026-03-04T12:00:00Z",
    }
    return {"action": action, "data": {"issue": issue}}


def sentry_metric(action: str) -> Body:
    alert = {
        "id": "4",
        "title": "Too many errors",
        "date_started": "2026-03-04T12:00:00Z",
        "date_closed": "2026-03-04T12:20:00Z",
        "projects": ["checkout", "web"],
        "alert_rule": {"id": "7", "name": "Too many errors", "aggregate": "count()", "environment": None},
    }
    text = "1000 events in the last 10 minutes"
    data = {"metric_alert": alert, "description_text": text, "web_url": "https://sentry.io/acme/4/"}
    return {"action": action, "data": data}


def newrelic_issue(state: str) -> Body:
    return {
        "id": "0ea2df1c-adab-45d2-aae0-042b609d2322",
        "issueUrl": "https://radar-api.service.newrelic.com/accounts/1/issues/0ea2df1c",
        "title": "Memory Used % > 90 for at least 2 minutes on 'checkout'",
        "priority": "HIGH",
        "impactedEntities": ["checkout", "web"],
        "totalIncidents": 1,
        "state": state,
        "createdAt": 1_772_625_600_000,
        "updatedAt": 1_772_627_400_000,
        "alertPolicyNames": ["Golden signals"],
        "alertConditionNames": ["Memory high"],
    }


def newrelic_incident(state: str) -> Body:
    return {
        "account_id": 1,
        "account_name": "Example",
        "incident_id": 42,
        "current_state": state,
        "severity": "CRITICAL",
        "condition_name": "Slow checkout",
        "details": "Apdex < 0.5 for at least 5 minutes",
        "targets": [{"name": "checkout", "type": "Application", "product": "APM"}],
        "timestamp": 1_772_625_600_000,
    }


def zabbix(value: str, severity: str = "4", **more: str) -> Body:
    """As the webhook script in the documentation of Toban posts it."""
    return {
        "event_id": "90210",
        "event_value": value,
        "event_name": "High CPU utilization (over 90% for 5m)",
        "event_nseverity": severity,
        "event_severity": "High",
        "event_update_status": "0",
        "event_opdata": "Current utilization: 97 %",
        "event_timestamp": "1772625600",
        "host_name": "db-1",
        "host_ip": "192.0.2.7",
        "trigger_id": "16046",
        "zabbix_url": "https://zabbix.example",
        "host_groups": "{TRIGGER.HOSTGROUP.NAME}",
        "item_name": "*UNKNOWN*",
    } | more


def mackerel(status: str, *, is_open: bool = True) -> Body:
    return {
        "orgName": "Example",
        "event": "alert",
        "type": "host",
        "imageUrl": "https://mackerel.io/embed/public/1.png",
        "memo": "再起動は当番の判断で",
        "message": "loadavg5 2.26 > 1.96",
        "host": {
            "id": "22D4",
            "name": "app01",
            "url": "https://mackerel.io/orgs/example/hosts/22D4",
            "roles": [{"fullname": "Shop: web", "serviceName": "Shop", "roleName": "web"}],
        },
        "alert": {
            "id": "2bjKxy",
            "url": "https://mackerel.io/orgs/example/alerts/2bjKxy",
            "status": status,
            "isOpen": is_open,
            "trigger": "monitor",
            "monitorName": "負荷",
            "metricLabel": "loadavg5",
            "metricValue": 2.255356387321597,
            "openedAt": 1_772_625_600,
            "closedAt": 1_772_627_400,
        },
    }


def alarm(state: str, **more: Any) -> Body:
    """A CloudWatch alarm, raw."""
    return {
        "AlarmName": "checkout-5xx",
        "AlarmDescription": "Too many 5xx",
        "AlarmArn": "arn:aws:cloudwatch:ap-northeast-1:1:alarm:checkout-5xx",
        "NewStateValue": state,
        "NewStateReason": "Threshold Crossed",
        "StateChangeTime": "2026-03-04T12:00:00.000+0000",
        "Region": "Asia Pacific (Tokyo)",
        "Trigger": {
            "MetricName": "HTTPCode_Target_5XX_Count",
            "Namespace": "AWS/ApplicationELB",
            "Dimensions": [{"name": "LoadBalancer", "value": "app/checkout"}],
        },
    } | more
