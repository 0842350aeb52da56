"""The alerts of an incident, and what a merge does with them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from toban.sandbox.history.bodies import alert_details
from toban.sandbox.history.case import Case
from toban.sandbox.history.references import Ids, Ref, ref, wire
from toban.sandbox.history.wording import fill

_GROUPING_S = 600


def join_alerts(case: Case, rng: Random, ids: Ids, until: datetime) -> list[dict[str, Any]]:
    """The alerts that came to this incident by `until`; each after the first is logged as joining it."""
    arrival = case.arrival
    alerts = [_alert(case, arrival.at, arrival.title, arrival.host, ids)]
    last = min(case.resolved_at or until, until) - timedelta(seconds=2)
    at = arrival.at
    for _ in range(arrival.extra_alerts):
        at += timedelta(seconds=rng.randint(5, _GROUPING_S // arrival.extra_alerts))
        if at >= last:
            break
        host = rng.choice(arrival.service.source.hosts)
        alert = _alert(case, at, fill(arrival.alert.title, rng, host), host, ids)
        case.log(at, "link", case.service_ref, "auto", linked_incident=_pointer(alert))
        alerts.append(alert)
    return alerts


def move_alerts(alerts: list[dict[str, Any]], source: Case, target: Case) -> None:
    """A merge moves alerts: the source loses them, the target gains them, and both say so."""
    merge = next(event for event in source.events if "merged" in event.means)
    for alert in alerts:
        target.log(merge.at, "link", merge.agent, "website", linked_incident=_pointer(alert))
        source.log(
            merge.at - timedelta(seconds=1), "unlink", merge.agent, "website", linked_incident=_pointer(alert)
        )


def finish_alerts(alerts: list[dict[str, Any]], incident: dict[str, Any]) -> list[dict[str, Any]]:
    """The alerts as they stand with their incident."""
    pointer = ref("incident", incident["id"], incident["summary"])
    state = {"incident": pointer, "resolved_at": incident["resolved_at"]}
    state["status"] = "resolved" if incident["status"] == "resolved" else "triggered"
    return [alert | state for alert in alerts]


def _alert(case: Case, at: datetime, title: str, host: str, ids: Ids) -> dict[str, Any]:
    arrival = case.arrival
    integration = arrival.service.integrations[arrival.alert.tool]
    identifier = ids.next()
    return {
        "id": identifier,
        "type": "alert",
        "summary": title,
        "created_at": wire(at),
        "alert_key": arrival.key if at == arrival.at else identifier.lower(),
        "severity": arrival.alert.severity,
        "suppressed": False,
        "service": case.service_ref,
        "integration": ref(integration["type"], integration["id"], integration["name"]),
        "body": {
            "type": "alert_body",
            "contexts": [],
            "details": alert_details(arrival, host),
            "cef_details": {"client": arrival.alert.tool},
        },
    }


def _pointer(alert: dict[str, Any]) -> Ref:
    return ref("alert", alert["id"], alert["summary"])
