"""A warehouse with twelve weeks of invented incidents, for the report's tests."""

from datetime import datetime, timedelta

from report_samples import MONDAY, NOW, TOKYO
from toban.settings import parse_settings

EARLIEST = datetime.combine(MONDAY - timedelta(weeks=11), datetime.min.time(), TOKYO)
PER_WEEK = 14
TITLE = "Disk of db-{n} full <!channel>"


def settings(**team):
    """Two teams: `pay` claims S1 and, of what nobody claims by service, the policy E1; `web` claims S2."""
    teams = [
        {
            "id": "pay",
            "name": "Payments",
            "time_zone": "Asia/Tokyo",
            "mode": "announce",
            "announce_channel": "#pay",
            "people_channel": "#pay-people",
            "services": ["S1"],
            "escalation_policies": ["E1"],
        }
        | team,
        {
            "id": "web",
            "name": "Web",
            "time_zone": "Asia/Tokyo",
            "announce_channel": "#web",
            "services": ["S2"],
            "escalation_policies": ["E2"],
        },
    ]
    return parse_settings({"fallback_channel": "#ops", "slack": {"trial_channel": "#trial"}, "teams": teams})


def fill(writer, *, covered_since=EARLIEST, synced_until=NOW):
    """Each week is slower by half a minute; S1, S2 and S3 (nobody's, with policy E1) take turns."""
    writer.merge("users", [{"id": "U1", "name": "Aiko", "time_zone": "Asia/Tokyo"}])
    writer.merge("services", [{"id": f"S{n}", "name": f"service {n}"} for n in (1, 2, 3)])
    stories = [story(week, n) for week in range(12) for n in range(PER_WEEK)]
    with writer.transaction():
        writer.merge("incidents", [incident for incident, _ in stories])
        writer.merge("log_entries", [entry for _, entries in stories for entry in entries])
        writer.merge("notes", [note(incident["id"]) for incident, _ in stories])
    writer.set_state("covered_since", covered_since.isoformat())
    writer.set_state("synced_until", synced_until.isoformat())
    writer.set_state("remote_total", '{"stored": 168, "remote": 170}')
    writer.merge(
        "sync_runs", [{"id": "r1", "kind": "sync", "started_at": NOW - timedelta(days=2), "api_calls": 42}]
    )
    writer.rebuild_models()
    writer.check()
    writer.publish()


def story(week, n):
    """An incident and its entries; every seventh is never acknowledged and resolves by itself."""
    begun = EARLIEST + timedelta(weeks=week, hours=11 * n + 2)
    name = f"Q{week}_{n}"
    alone = n % 7 == 6
    resolver = {"agent_type": "integration"} if alone else {"agent_type": "user", "agent_id": "U1"}
    told = [
        ("trigger", 0, {}),
        ("notify", 5, {"user_id": "U1", "notification_type": "phone"}),
        ("acknowledge", 60 + 30 * week + n, {"agent_type": "user", "agent_id": "U1"}),
        ("resolve", 1800 + 60 * n, resolver),
    ]
    entries = [
        {
            "id": f"{name}_{kind}",
            "incident_id": name,
            "type": kind,
            "created_at": begun + timedelta(seconds=s),
        }
        | more
        for kind, s, more in told
        if not (alone and kind == "acknowledge")
    ]
    incident = {
        "id": name,
        "incident_number": 100 * week + n,
        "title": TITLE.format(n=n),
        "status": "resolved",
        "created_at": begun,
        "updated_at": begun + timedelta(hours=1),
        "resolved_at": begun + timedelta(seconds=1800 + 60 * n),
        "service_id": f"S{n % 3 + 1}",
        "escalation_policy_id": "E2" if n % 3 == 1 else "E1",
    }
    return incident, entries


def note(incident_id):
    """What was written on it."""
    return {"id": f"N{incident_id}", "incident_id": incident_id, "user_name": "Aiko", "content": "cleaned"}
