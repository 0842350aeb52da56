"""What the warehouse costs: merging, facts, data tests, publication, the weekly trend, one changed incident.

    python benchmarks/bench_warehouse.py 20000
    python benchmarks/bench_warehouse.py 1000000

Rows are invented by SQL (five entries an incident, over three years), so that making them takes no time.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from toban.clients.warehouse import Warehouse, Writer, metrics

BEGINNING = datetime(2023, 1, 2, tzinfo=UTC)
MERGED = 100_000
ZONES = "['Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'UTC']"
INCIDENTS = """
insert into incidents by name
select 'Q' || i as id, i as incident_number, 'Incident ' || i as title, 'resolved' as status,
    if(i % 4 = 0, 'low', 'high') as urgency,
    timestamptz '2023-01-02' + to_seconds(i * 94608000 // $n) as created_at,
    created_at + to_seconds(3600 + i % 7200) as resolved_at, resolved_at as updated_at,
    'S' || i % 60 as service_id, ['T' || i % 12] as team_ids,
    'E' || i % 12 as escalation_policy_id, 1 as alert_count
from range($n) as numbers(i)
"""
ENTRIES = """
insert into log_entries by name
select 'R' || incident_number || '_' || k as id, incidents.id as incident_id,
    ['trigger', 'assign', 'notify', 'acknowledge', 'resolve'][k] as type,
    incidents.created_at + to_seconds([0, 0, 5, 60 + incident_number % 900, 3600 + incident_number % 7200][k])
        as created_at,
    if(k > 3, 'user', 'service') as agent_type,
    if(k > 3, 'U' || incident_number % 200, service_id) as agent_id,
    if(k = 1, 'Datadog', null) as channel_client,
    if(k = 2, ['U' || incident_number % 200], null) as assignee_ids,
    if(k = 3, 'U' || incident_number % 200, null) as user_id, if(k = 3, 'push', null) as notification_type
from incidents, range(1, 6) as entries(k)
order by incidents.created_at
"""


@contextmanager
def timed(what: str, rows: int = 0) -> Iterator[None]:
    """Print how long the block took, and rows a second where it moves rows."""
    begun = time.perf_counter()
    yield
    taken = time.perf_counter() - begun
    print(f"{what:<58} {taken:8.3f} s" + (f"  {rows / taken:10,.0f} rows/s" if rows else ""))


def invent(writer: Writer, n: int) -> None:
    """Fill the base tables."""
    people = [{"id": f"U{k}", "name": f"Person {k}"} for k in range(200)]
    writer.merge("users", people)
    writer.execute(f"update users set time_zone = {ZONES}[1 + cast(substr(id, 2) as int) % 4]")
    writer.merge("services", [{"id": f"S{k}", "name": f"service {k}"} for k in range(60)])
    writer.execute(INCIDENTS, {"n": n})
    writer.execute(ENTRIES)
    writer.execute("insert into internal.changed_incidents select id from incidents")


def entries(prefix: str) -> list[dict[str, object]]:
    """A batch of log entries as the sync hands them over."""
    return [
        {"id": f"{prefix}{k}", "incident_id": f"Q{k // 5}", "type": "annotate", "created_at": BEGINNING,
         "agent_type": "user", "agent_id": "U1", "summary": "Added a note", "note": "looked at the disk"}
        for k in range(MERGED)
    ]  # fmt: skip


def write(warehouse: Warehouse, n: int) -> None:
    """Everything a writer does, timed."""
    with warehouse.write() as writer:
        invent(writer, n)
        with timed("facts of all incidents"):
            writer.rebuild_models()
        with timed("data tests"):
            writer.check()
        with timed("publication of both snapshots"):
            writer.publish()
        with timed("idle: rebuild and publish"):
            writer.rebuild_models()
            writer.publish()
        begun = time.perf_counter()
        with timed("one changed incident: merge"):
            writer.merge("notes", [{"id": "N1", "incident_id": "Q7", "content": "looked at the disk"}])
        with timed("one changed incident: facts"):
            writer.rebuild_models()
        with timed("one changed incident: data tests"):
            writer.check()
        with timed("one changed incident: publication"):
            writer.publish()
        print(f"one changed incident in all: {time.perf_counter() - begun:.3f} s")
        rows = entries("N")
        with timed("merge of new log entries", MERGED):
            writer.merge("log_entries", rows)
        with timed("merge of known log entries", MERGED):
            writer.merge("log_entries", rows)


def read(warehouse: Warehouse) -> None:
    """The questions people ask, timed."""
    with warehouse.read() as snapshot:
        with timed("weekly trend, three years, Asia/Tokyo"):
            metrics(snapshot, by=("week",), time_zone="Asia/Tokyo")
        with timed("weekly trend by service, three years"):
            metrics(snapshot, by=("week", "service"), time_zone="Asia/Tokyo")
        since = (BEGINNING + timedelta(days=900)).date()
        with timed("weekly trend by service, eight weeks"):
            chosen = {"since": since, "until": since + timedelta(days=55), "time_zone": "Asia/Tokyo"}
            metrics(snapshot, by=("week", "service"), **chosen)
        with timed("model service_weekly, one service"):
            snapshot.rows(
                "select * from service_weekly where service_id = 'S1' and week >= $1", [date(2025, 1, 1)]
            )
    with warehouse.read(restricted=True) as snapshot, timed("model responder_weekly"):
        snapshot.rows("select * from responder_weekly")


def main() -> None:
    """Run with the number of incidents as argument."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder))
        write(warehouse, n)
        read(warehouse)
        size = sum(file.stat().st_size for file in Path(folder, "snapshots").iterdir())
        print(f"{n:,} incidents; the newest general snapshots together: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
