"""A company of 50 people and a year of incidents: the seeded history, read over HTTP by Toban's own sync.

python benchmarks/labour_company.py serve INCIDENTS PORT
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import uvicorn

from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Warehouse
from toban.jobs.sync_incidents import sync_incidents
from toban.sandbox.history import History, generate_history
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app

UNTIL = datetime(2026, 12, 1, tzinfo=UTC)
DAYS = 365
# Alerts a day for an incident a year: storms and grouping make more of them.
PER_INCIDENT = 0.00245
PORT = 18_631
# The history has 24 people. Each incident, as a whole, becomes one of the person, of a second or of a third
# one of that name; the third ones are two.
ALIASES = """
create temp table aliases as
with numbered as (select id, row_number() over (order by id) as place from users)
select users.id as original, users.id || variant.letter as id, users.name || ' ' || variant.letter as name,
    users.time_zone, variant.letter
from users join numbered using (id), (values ('B'), ('C')) as variant (letter)
where variant.letter = 'B' or numbered.place <= 2;

create temp table parts as
select id as incident_id,
    case when incident_number % 25 < 12 then 'A' when incident_number % 25 < 24 then 'B' else 'C' end
        as letter
from incidents;

insert into users by name select id, name, time_zone from aliases;

update log_entries set agent_id = aliases.id from parts, aliases
where parts.incident_id = log_entries.incident_id and aliases.letter = parts.letter
  and aliases.original = log_entries.agent_id;
update log_entries set user_id = aliases.id from parts, aliases
where parts.incident_id = log_entries.incident_id and aliases.letter = parts.letter
  and aliases.original = log_entries.user_id;

insert into oncall_shifts by name
select shifts.* exclude (user_id, level), aliases.id as user_id, shifts.level + 10 as level
from oncall_shifts as shifts join aliases on aliases.original = shifts.user_id;

insert into internal.changed_incidents select id from incidents
"""


def history(incidents: int) -> History:
    """The last ``incidents`` of a year, the same in every process."""
    made = generate_history(1, UNTIL, days=DAYS, alerts_per_day=incidents * PER_INCIDENT)
    if len(made.items) < incidents:
        raise SystemExit(f"The history has {len(made.items)} incidents only; raise PER_INCIDENT.")
    return History(made.directory, made.items[-incidents:])


def fill(warehouse: Warehouse, incidents: int) -> None:
    """Sync, make 24 people 50, publish."""
    with _serving(incidents) as url:
        sync_incidents(PagerDuty("token", url), warehouse, UNTIL, since=UNTIL - timedelta(days=DAYS + 1))
    with warehouse.write() as writer:
        for statement in ALIASES.split(";\n\n"):
            writer.execute(statement)
        writer.rebuild_models()
        writer.publish()


@contextmanager
def _serving(incidents: int) -> Iterator[str]:
    url = f"http://127.0.0.1:{PORT}"
    server = subprocess.Popen([sys.executable, __file__, "serve", str(incidents), str(PORT)])
    try:
        while not _answers(url):
            if server.poll() is not None:
                raise SystemExit("The sandbox's PagerDuty did not start.")
            time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1).status_code > 0
    except httpx.HTTPError:
        return False


def _serve(incidents: int, port: int) -> None:
    past = history(incidents)
    world = World.from_history(past.directory, past.items, now=lambda: UNTIL)
    app = create_app(world, requests_per_minute=None, ticking=False)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", ws="none")


if __name__ == "__main__":
    _serve(int(sys.argv[2]), int(sys.argv[3]))
