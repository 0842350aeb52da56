"""A small account: two people take weekly turns, a third one is rung after them; a clock that tests move."""

from datetime import UTC, datetime, timedelta
from typing import Any

from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.opening import Opening, trigger

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
AIKO, BEN, CARLA = "UAIKO", "UBEN", "UCARLA"
CHECKOUT, BATCH = "SCHECKOUT", "SBATCH"
POLICY, SCHEDULE, TEAM = "EPAYMENTS", "DPAYMENTS", "TPAYMENTS"
KEY = "a" * 32


class Clock:
    """What the world takes for now."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **length: float) -> None:
        self.at += timedelta(**length)


def user(key: str, name: str, zone: str, delay_minutes: int = 5) -> dict[str, Any]:
    """Push at once and a call after the delay for high urgency, e-mail for low."""
    more = {"push_notification": {"device_type": "ios"}, "phone": {"country_code": 81}, "email": {}}
    methods = {
        kind: {"id": f"C{kind[:4]}{key}", "type": f"{kind}_contact_method", "summary": kind, "label": kind}
        | {"address": f"{kind}-{key}", **extra}
        for kind, extra in more.items()
    }
    rules = [(0, "push_notification", "high"), (delay_minutes, "phone", "high"), (0, "email", "low")]
    return {
        "id": key,
        "type": "user",
        "name": name,
        "summary": name,
        "email": f"{name.lower()}@example.com",
        "time_zone": zone,
        "contact_methods": list(methods.values()),
        "notification_rules": [
            {
                "id": f"N{delay}{kind[:4]}{key}",
                "type": "assignment_notification_rule",
                "summary": f"{kind} after {delay} minutes",
                "start_delay_in_minutes": delay,
                "urgency": urgency,
                "contact_method": {"id": methods[kind]["id"], "type": f"{kind}_contact_method_reference"},
            }
            for delay, kind, urgency in rules
        ],
    }


def pointer(kind: str, key: str, summary: str) -> dict[str, Any]:
    return {"id": key, "type": f"{kind}_reference", "summary": summary}


def directory() -> dict[str, list[dict[str, Any]]]:
    team = pointer("team", TEAM, "Payments")
    policy = pointer("escalation_policy", POLICY, "Payments")
    turns = [pointer("user", AIKO, "Aiko"), pointer("user", BEN, "Ben")]
    layer = {
        "id": "L1",
        "name": "Weekly",
        "start": "2026-01-05T10:00:00+09:00",
        "end": None,
        "rotation_virtual_start": "2026-01-05T10:00:00+09:00",
        "rotation_turn_length_seconds": 7 * 24 * 3600,
        "users": [{"user": one} for one in turns],
        "restrictions": [],
    }
    rules = [
        {
            "id": "R1",
            "escalation_delay_in_minutes": 10,
            "targets": [pointer("schedule", SCHEDULE, "Payments")],
        },
        {
            "id": "R2",
            "escalation_delay_in_minutes": 20,
            "targets": [pointer("user", CARLA, "Carla"), turns[1]],
        },
    ]
    integration = {
        "id": "PINT",
        "type": "events_api_v2_inbound_integration",
        "summary": "Prometheus",
        "name": "Prometheus",
        "integration_key": KEY,
    }
    shared = {"type": "service", "escalation_policy": policy, "teams": [team]}
    return {
        "users": [
            user(AIKO, "Aiko", "Asia/Tokyo"),
            user(BEN, "Ben", "Europe/London"),
            user(CARLA, "Carla", "America/New_York"),
        ],
        "teams": [{"id": TEAM, "type": "team", "name": "Payments", "summary": "Payments"}],
        "services": [
            {
                "id": CHECKOUT,
                "name": "Checkout",
                "auto_resolve_timeout": None,
                "integrations": [integration],
                **shared,
            },
            {
                "id": BATCH,
                "name": "Batch",
                "incident_urgency_rule": {"type": "constant", "urgency": "low"},
                "acknowledgement_timeout": None,
                "auto_resolve_timeout": 3600,
                **shared,
            },
        ],
        "escalation_policies": [
            {"id": POLICY, "name": "Payments", "num_loops": 1, "escalation_rules": rules, "teams": [team]}
        ],
        "schedules": [
            {
                "id": SCHEDULE,
                "name": "Payments",
                "time_zone": "Asia/Tokyo",
                "schedule_layers": [layer],
                "overrides": [],
                "users": turns,
            }
        ],
    }


def small_world(clock: Clock | None = None, **options: Any) -> World:
    return World.from_history(directory(), [], now=clock or Clock(), **options)


def triggered(
    world: World, service: str = CHECKOUT, title: str = "Payments fail", **more: Any
) -> dict[str, Any]:
    """An incident that monitoring opened."""
    known = world.directory.find("services", service)
    assert known
    alert = {
        "summary": title,
        "dedup_key": f"key-{title}",
        "severity": "critical",
        "custom_details": {"host": "web-1"},
    }
    system = by_user(known)
    with world.changing():
        return trigger(
            world, Opening(title=title, service=known, key=alert["dedup_key"], alert=alert, **more), system
        )


def kinds(world: World, incident: dict[str, Any]) -> list[str]:
    """The types of the incident's log entries, oldest first."""
    return [entry["type"].removesuffix("_log_entry") for entry in world.entries.of(incident["id"])]
