"""Services with their integrations, and escalation policies."""

from typing import Any

from toban.sandbox.history.references import Ids, Ref, ref
from toban.sandbox.history.sources import ServiceSource, TeamSource
from toban.sandbox.history.users import CREATED_AT

_INBOUND = {
    "CloudWatch": "aws_cloudwatch_inbound_integration",
    "Pingdom": "pingdom_inbound_integration",
    "Zabbix": "generic_email_inbound_integration",
}
PRIORITIES = (
    ("P1", "全社的な障害 / company-wide outage", "a8171c"),
    ("P2", "重大な障害 / major impact", "eb6016"),
    ("P3", "一部の障害 / partial impact", "f9b406"),
    ("P4", "軽微 / minor", "555555"),
    ("P5", "情報 / for information", "555555"),
)


def service_row(ids: Ids, source: ServiceSource, team: Ref, policy: Ref) -> dict[str, Any]:
    """A service; its integrations are full objects, one for every monitoring tool."""
    me = ref("service", ids.next(), source.name)
    tools = sorted({alert.tool for alert in source.alerts})
    return {
        "id": me["id"],
        "type": "service",
        "summary": source.name,
        "name": source.name,
        "description": " ".join(source.hosts),
        "created_at": CREATED_AT,
        "status": "active",
        "acknowledgement_timeout": source.ack_timeout_s,
        "auto_resolve_timeout": source.auto_resolve_s,
        "alert_creation": "create_alerts_and_incidents",
        "incident_urgency_rule": {"type": "constant", "urgency": "severity_based"},
        "escalation_policy": policy,
        "teams": [team],
        "integrations": [_integration(ids, tool, me) for tool in tools],
    }


def _integration(ids: Ids, tool: str, service: Ref) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": ids.next(),
        "type": _INBOUND.get(tool, "events_api_v2_inbound_integration"),
        "summary": tool,
        "name": tool,
        "service": service,
        "created_at": CREATED_AT,
        "vendor": {
            "id": "P" + tool.replace(" ", "").upper()[:6],
            "type": "vendor_reference",
            "summary": tool,
        },
    }
    if tool == "Zabbix":
        return {**row, "integration_email": f"zabbix-{row['id'].lower()}@sample.pagerduty.example"}
    key = "".join(ids.next() for _ in range(5)).lower()
    return {**row, "integration_key": key[:32]}


def policy_row(
    ids: Ids, me: Ref, source: TeamSource, team: Ref, targets: dict[str, Ref], services: list[Ref]
) -> dict[str, Any]:
    """An escalation policy; `targets` gives the reference for "primary", "secondary" and "manager"."""
    return {
        "id": me["id"],
        "type": "escalation_policy",
        "summary": me["summary"],
        "name": me["summary"],
        "description": "",
        "num_loops": source.loops,
        "on_call_handoff_notifications": "if_has_services",
        "escalation_rules": [
            {
                "id": ids.next(),
                "escalation_delay_in_minutes": minutes,
                "escalation_rule_assignment_strategy": "assign_to_everyone",
                "targets": [targets[name] for name in names],
            }
            for minutes, names in source.levels
        ],
        "services": services,
        "teams": [team],
    }


def priority_rows(ids: Ids) -> list[dict[str, Any]]:
    """P1 (highest) to P5, in that order."""
    return [
        {"id": ids.next(), "type": "priority", "summary": n, "name": n, "description": text, "color": colour}
        for n, text, colour in PRIORITIES
    ]
