"""toban.toml for the company that lives in the sandbox: asked from its PagerDuty, written once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import httpx

JAPANESE_ZONE = "Asia/Tokyo"
EVERYONE = "#all-engineers"
TRIAL = "#toban-trial"
HEAD = """\
# Written by `toban demo` for the sample company in the sandbox. See toban.example.toml for every key.
fallback_channel = "#oncall"

[pagerduty]
from_email = "{from_email}"
history_days = 365

[slack]
trial_channel = "{trial}"
buttons = "{buttons}"

[runbooks]
directory = {runbooks}

[warehouse]
directory = {warehouse}

[reporting]
time_zone = "Asia/Tokyo"
airflow_url = "{airflow_url}"
improvements_since = {improvements_since}
"""
TEAM = """
[[teams]]
id = "{slug}"
name = {name}
language = "{language}"
time_zone = "{zone}"
mode = "act"
announce_channel = "{channel}"
report_channel = "{report_channel}"
people_channel = "{people_channel}"
escalation_policies = {policies}
services = {services}
pagerduty_teams = ["{id}"]
mtta_goal_s = 180
alert_channel = "#team-{slug}-alerts"
calling = {{ escalate_after_minutes = 10 }}
{health}"""


def write_settings(
    path: Path,
    pagerduty_url: str,
    *,
    warehouse: Path,
    runbooks: Path,
    airflow_url: str,
    improvements_since: date,
    receivers_url: str | None = None,
    slack_url: str | None = None,
) -> None:
    """Ask the local PagerDuty for its teams and write toban.toml for them.

    Without ``receivers_url`` nothing reaches Toban from outside: it looks each minute and shows no buttons.
    Without ``slack_url`` it is not known which channels are private, and nobody's on-call health is named.
    """
    with httpx.Client(base_url=pagerduty_url, headers={"Authorization": "Token token=demo"}) as client:
        found = {
            kind: _all(client, kind)
            for kind in ("teams", "escalation_policies", "services", "schedules", "users")
        }
    head = HEAD.format(
        trial=TRIAL,
        buttons="http" if receivers_url else "off",
        from_email=found["users"][0]["email"],
        warehouse=_quoted(str(warehouse)),
        runbooks=_quoted(str(runbooks)),
        airflow_url=airflow_url,
        improvements_since=improvements_since.isoformat(),
    )
    head += f'\n[receivers]\npublic_url = "{receivers_url}"\n' if receivers_url else ""
    private = _private_channels(slack_url) if slack_url else {}
    teams = "".join(_team(team, found, private) for team in found["teams"])
    path.write_text(head + teams, encoding="utf-8")


def _private_channels(slack_url: str) -> dict[str, str]:
    """Their ids by name."""
    answer = httpx.get(
        f"{slack_url}/api/conversations.list",
        params={"types": "private_channel", "limit": 1000},
        headers={"Authorization": "Bearer xoxb-demo"},
    )
    answer.raise_for_status()
    return {channel["name"]: channel["id"] for channel in answer.json()["channels"]}


def _team(
    team: Mapping[str, Any],
    found: Mapping[str, Sequence[Mapping[str, Any]]],
    private: Mapping[str, str],
) -> str:
    policies = [p for p in found["escalation_policies"] if team["id"] in _team_ids(p)]
    services = [s["id"] for s in found["services"] if team["id"] in _team_ids(s)]
    zone = _zone_of(policies, found["schedules"])
    language = "ja" if zone == JAPANESE_ZONE else "en"
    slug = team["description"] or team["id"].lower()
    leads = f"team-{slug}-leads"
    return TEAM.format(
        id=team["id"],
        slug=slug,
        name=_quoted(team["name"]),
        language=language,
        zone=zone,
        channel=EVERYONE if language == "ja" else f"{EVERYONE}-{language}",
        report_channel=f"#team-{slug}",
        people_channel=f"#{leads}",
        health=f'health = {{ channel = "{private[leads]}" }}\n' if leads in private else "",
        policies=_list(p["id"] for p in policies),
        services=_list(services),
    )


def _zone_of(policies: Sequence[Mapping[str, Any]], schedules: Sequence[Mapping[str, Any]]) -> str:
    used = {t["id"] for p in policies for rule in p["escalation_rules"] for t in rule["targets"]}
    return next((str(s["time_zone"]) for s in schedules if s["id"] in used), JAPANESE_ZONE)


def _team_ids(item: Mapping[str, Any]) -> list[str]:
    return [team["id"] for team in item.get("teams") or []]


def _all(client: httpx.Client, kind: str) -> list[dict[str, Any]]:
    answer = client.get(f"/{kind}", params={"limit": 100})
    answer.raise_for_status()
    rows: list[dict[str, Any]] = answer.json()[kind]
    return rows


def _list(ids: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, ids)) + "]"


def _quoted(text: str) -> str:
    """A TOML string; JSON's are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False)
