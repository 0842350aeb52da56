"""Small warehouses for tests: invented incidents with everything a story can hold."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE = [("U1", "Aiko", "Asia/Tokyo"), ("U2", "Ben", "Europe/Berlin"), ("U3", "Cai", None)]


def fill_a_little(writer, incidents=40):
    """A few weeks of incidents of two services, with people called, escalations and notes."""
    writer.merge("users", [{"id": id_, "name": name, "time_zone": zone} for id_, name, zone in PEOPLE])
    writer.merge("services", [{"id": "S1", "name": "shop"}, {"id": "S2", "name": "mail"}])
    writer.merge("teams", [{"id": "T1", "name": "web"}])
    writer.merge("escalation_policies", [{"id": "E1", "name": "shop on-call"}])
    for n in range(incidents):
        add_incident(writer, n)


def add_incident(writer, n):
    """Incident Q<n>: triggered, called out, acknowledged and resolved."""
    begun = NOON + timedelta(hours=11 * n)
    person, other = PEOPLE[n % 3][0], PEOPLE[(n + 1) % 3][0]
    story = [
        ("trigger", 0, {"channel_client": "Datadog"}),
        ("assign", 0, {"assignee_ids": [person]}),
        ("notify", 5, {"user_id": person, "notification_type": "push", "summary": f"Notified {person}"}),
        ("escalate", 300, {"assignee_ids": [other]}),
        ("notify", 305, {"user_id": other, "notification_type": "phone", "summary": f"Notified {other}"}),
        ("acknowledge", 400 + n, {"agent_type": "user", "agent_id": other}),
        ("resolve", 3600, {"agent_type": "user", "agent_id": other}),
    ]
    incident = {
        "id": f"Q{n}",
        "incident_number": n,
        "title": f"Incident {n}",
        "status": "resolved",
        "urgency": "low" if n % 4 == 0 else "high",
        "priority_name": "P1" if n % 5 == 0 else None,
        "created_at": begun,
        "updated_at": begun + timedelta(hours=1),
        "resolved_at": begun + timedelta(hours=1),
        "service_id": f"S{n % 2 + 1}",
        "team_ids": ["T1"] if n % 3 else [],
        "escalation_policy_id": "E1",
    }
    entries = [
        {
            "id": f"R{n}_{k}",
            "incident_id": f"Q{n}",
            "type": type_,
            "created_at": begun + timedelta(seconds=after),
        }
        | more
        for k, (type_, after, more) in enumerate(story)
    ]
    with writer.transaction():
        writer.merge("incidents", [incident])
        writer.merge("log_entries", entries)
