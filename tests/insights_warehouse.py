"""A small published warehouse for the tests of the pages, and the pages over it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from insights_app import app_of, browser
from toban.clients.warehouse import SharedSnapshots, Warehouse
from toban.jobs.claims import claims_of
from toban.settings import Settings, parse_settings
from toban.web.insights.desk import Desk
from toban.web.insights.filters import OwnTeam
from toban.web.insights.sections import Section
from warehouse_data import NOON, fill_a_little

NOW = datetime(2026, 3, 22, 3, tzinfo=UTC)
MARKERS = [
    {"day": "2026-03-11", "label": "a new rule", "label_ja": "新しいルール"},
    {"day": "2026-03-20", "label": "<b>&release"},
    {"day": "2026-05-01", "label": "later"},
]
HOSTILE = "</title><script>alert(1)</script>'\"&=cmd|'/C calc'!A0 <!channel>"


def publish(directory: Path) -> Warehouse:
    """Forty incidents from 2 March 2026 on, the last with a title that would harm a careless page."""
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        fill_a_little(writer)
        hostile: dict[str, Any] = {
            "id": "QX",
            "incident_number": 666,
            "title": HOSTILE,
            "status": "triggered",
            "urgency": "high",
            "created_at": NOON + timedelta(days=18),
            "updated_at": NOON + timedelta(days=18),
            "service_id": "S1",
            "html_url": "javascript:alert(1)",
        }
        writer.merge("incidents", [hostile])
        writer.merge("services", [{"id": "S3", "name": "=1+1<b>"}])
        writer.set_state("covered_since", (NOON - timedelta(days=1)).isoformat())
        writer.set_state("synced_until", NOW.isoformat())
        writer.rebuild_models()
        writer.publish()
    return warehouse


def settings(directory: Path) -> Settings:
    team = {
        "id": "web",
        "name": "Web",
        "time_zone": "UTC",
        "announce_channel": "#web",
        "mode": "announce",
        "escalation_policies": ["E1"],
    }
    return parse_settings(
        {
            "fallback_channel": "#ops",
            "warehouse": {"directory": str(directory)},
            "reporting": {"time_zone": "UTC", "improvements_since": "2026-03-10", "markers": MARKERS},
            "teams": [team],
        }
    )


def desk(directory: Path) -> Desk:
    return desk_of(settings(directory), NOW)


def desk_of(made: Settings, now: datetime) -> Desk:
    """What the pages of these settings work with, at that moment."""
    teams = {team.id: OwnTeam(team.name, claims_of(team, made)) for team in made.teams}
    return Desk(SharedSnapshots(made.warehouse.directory), made, lambda: now, teams)


def visit(sections: Sequence[Section], user: str = "viewer", **headers: str) -> httpx.Client:
    return browser(app_of(sections), user, **headers)
