"""A long invented history for triage's speed: services with alerts of their own, made by SQL in seconds."""

from datetime import datetime
from pathlib import Path

from toban.clients.warehouse import Warehouse

SERVICES, KINDS = 200, 25  # so many templates come in each service
WORDS = (
    "['Disk', 'Memory', 'Queue', 'Latency', 'Replication',"
    " '決済API', 'Certificate', 'Login', 'Backup', '在庫連携']"
)
STATES = (
    "['is full', 'rises', 'is slow', 'fails', 'の応答遅延',"
    " 'is not ready', 'restarts', 'expires', 'lags', 'が停止']"
)
# A kind either ends by itself in nine of ten firings or in one of ten; the rest is a person's.
INCIDENTS = f"""
    insert into incidents by name
    select
        'Q' || i as id,
        i as incident_number,
        {WORDS}[1 + kind % 10] || ' of part ' || chr(97 + kind) || ' ' || {STATES}[1 + (kind * 7) % 10]
            || ' on db-' || i % 47 || ': ' || i % 23 || '%' as title,
        'resolved' as status,
        if(i % 4 = 0, 'low', 'high') as urgency,
        $now::timestamptz - to_seconds(($n - i) * 63072000 // $n + 3600) as created_at,
        created_at + to_seconds(if(hash(i) % 10 < if(kind % 2 = 0, 9, 1), 300, 7200)) as resolved_at,
        resolved_at as updated_at,
        'S' || service as service_id
    from (
        select i, hash(i * 31) % {SERVICES} as service, (hash(i * 17) % {KINDS})::integer as kind
        from range($n) as numbers(i)
    )
"""
ENTRIES = """
    insert into log_entries by name
    select
        'R' || incidents.id as id, incidents.id as incident_id, 'resolve' as type, resolved_at as created_at,
        if(resolved_at - incidents.created_at > interval 1 hour, 'user', 'service') as agent_type,
        'U1' as agent_id
    from incidents
"""


def invent(directory: Path, incidents: int, now: datetime) -> None:
    """Publishes a warehouse with so many incidents of the two years before that moment."""
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        writer.merge("services", [{"id": f"S{n}", "name": f"service {n}"} for n in range(SERVICES)])
        writer.execute(INCIDENTS, {"n": incidents, "now": now})
        writer.execute(ENTRIES)
        writer.execute("insert into internal.changed_incidents select id from incidents")
        writer.rebuild_models()
        writer.publish()
