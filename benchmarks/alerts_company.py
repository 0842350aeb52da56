"""The company whose alerts are measured: one team, one service, somebody on call on each of three levels."""

import json
from pathlib import Path
from typing import Any

from toban.sandbox.history import History, write_history

SERVICE, CHANNEL = "V1", "team-shop"
PEOPLE = {"PANN": "Ann", "PBEN": "Ben", "PCLEO": "Cleo"}
INTEGRATION = {
    "id": "I1",
    "type": "events_api_v2_inbound_integration",
    "summary": "Datadog",
    "name": "Datadog",
    "integration_key": "b" * 32,
}
SETTINGS = """\
fallback_channel = "#oncall"

[pagerduty]
from_email = "pann@example.com"

[warehouse]
directory = {warehouse}

[runbooks]
directory = {runbooks}

[[teams]]
id = "shop"
name = "Shop"
time_zone = "Asia/Tokyo"
mode = "act"
announce_channel = "#oncall"
alert_channel = "#team-shop"
escalation_policies = ["E1"]
services = ["V1"]
"""


def write_company(folder: Path, checkout: Path) -> tuple[Path, Path]:
    """The sandbox's history and Toban's settings, in that folder."""
    history, settings = folder / "company.jsonl", folder / "toban.toml"
    write_history(History(directory(), []), history)
    warehouse, runbooks = (json.dumps(str(path)) for path in (folder / "warehouse", checkout / "runbooks"))
    settings.write_text(SETTINGS.format(warehouse=warehouse, runbooks=runbooks), encoding="utf-8")
    return history, settings


def directory() -> dict[str, list[dict[str, Any]]]:
    """In the shapes of PagerDuty's REST API; PagerDuty itself escalates after an hour only."""
    team = {"id": "T1", "type": "team_reference", "summary": "Shop"}
    policy = {"id": "E1", "type": "escalation_policy_reference"}
    return {
        "users": [
            {"id": key, "name": name, "email": f"{key.lower()}@example.com", "time_zone": "Asia/Tokyo"}
            for key, name in PEOPLE.items()
        ],
        "teams": [{"id": "T1", "name": "Shop", "description": "shop"}],
        "schedules": [],
        "escalation_policies": [
            {"id": "E1", "name": "Shop", "teams": [team], "escalation_rules": [_rule(key) for key in PEOPLE]}
        ],
        "services": [
            {
                "id": SERVICE,
                "name": "shop",
                "escalation_policy": policy,
                "teams": [team],
                "integrations": [INTEGRATION],
            }
        ],
    }


def _rule(user: str) -> dict[str, Any]:
    return {"escalation_delay_in_minutes": 60, "targets": [{"id": user, "type": "user_reference"}]}
