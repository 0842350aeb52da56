"""An alert that looks like one, for people who try things out."""

import secrets

from toban.sandbox.pagerduty.life.events import LONGEST_SUMMARY, open_by_event
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

SYMPTOMS = (
    (
        "CPU usage above 95 % for 10 minutes",
        "critical",
        {"metric": "cpu.usage", "value": 97.4, "threshold": 95},
    ),
    ("HTTP 5xx rate above 5 %", "critical", {"metric": "http.5xx.rate", "value": 7.9, "threshold": 5}),
    (
        "Disk 90 % full",
        "warning",
        {"metric": "disk.used", "value": 91.2, "threshold": 90, "device": "/dev/sda1"},
    ),
    ("Response time p95 above 2 s", "error", {"metric": "http.p95", "value": 3.4, "threshold": 2}),
    ("Queue grows: 12,000 messages waiting", "error", {"metric": "queue.depth", "value": 12048}),
    ("Health check failed three times", "critical", {"check": "/healthz", "status": 503}),
)


def believable_incident(world: World, service: str | None, summary: str | None, severity: str | None) -> Json:
    """Triggers an incident on the service (id or name; None: any), with a symptom made up unless given."""
    services = list(world.directory.all("services"))
    if not services:
        raise invalid("The account has no service.")
    found = next((one for one in services if service in {one["id"], one["name"]}), None)
    if service and not found:
        raise invalid(f"Service not found: {service!r}.")
    chosen = found or secrets.choice(services)
    text, grade, details = secrets.choice(SYMPTOMS)
    payload = {
        "summary": (summary or f"{chosen['name']}: {text}")[:LONGEST_SUMMARY],
        "source": f"{chosen['name'].lower().replace(' ', '-')}-01",
        "severity": severity or grade,
        "custom_details": {} if summary else details,
    }
    sent = {"event_action": "trigger", "dedup_key": world.new_id("", 32).lower(), "payload": payload}
    return open_by_event(world, chosen, chosen["integrations"][0], sent)
