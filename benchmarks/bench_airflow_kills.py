"""Airflow's own processes and PostgreSQL are killed while alerts fire: how long do passes pause?

    make airflow-kills                                       # 30 kills, about an hour
    python benchmarks/bench_airflow_kills.py --kills 2       # the short form

Each kill comes when all is well again and the incidents of the kill before are in Slack. The keeper and the
watchdog of the demo mend what they can. Its last line is one JSON object; it fails where passes paused
for 120 s, or an incident is missing in Slack or stands there twice.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import httpx
import psutil
from alerts_measures import wait_for_head
from alerts_slack import messages, naming, twice
from alerts_station import ALERTS, Station, station, wait_until
from sqlalchemy.exc import SQLAlchemyError

from toban.demo.airflow import SLOTS
from toban.watchdog.sight import WORKER, look
from toban.watchdog.verdict import trouble

ASKED_S, GIVEN_UP_S = 120.0, 400.0
FIND_S = 90.0  # a task runs at least once a minute
BEGINNINGS = """
select extract(epoch from start_date) from task_instance
where dag_id = :dag and start_date > to_timestamp(:since) order by start_date
"""
WELL, FIRED = "healthy", 3


@dataclass(frozen=True)
class Outcome:
    """Of one kill, in seconds: the longest pause between two beginnings of passes, counted from the kill on;
    until both incidents were in Slack; until all was well."""

    victim: str
    pause_s: float
    said_s: float
    well_s: float


def main() -> None:
    asked = _arguments()
    chance = random.Random(asked.seed)
    order = [asked.only[number % len(asked.only)] for number in range(asked.kills)]
    outcomes: list[Outcome] = []
    with station(_say) as at:
        at.api.unpause(ALERTS)
        wait_until(at.passes, 180, "no alert pass has ended")
        began = time.time()
        for number, victim in enumerate(order):
            outcome = kill(at, victim, f"kill {number}", chance)
            _say(f"{outcome} (load {os.getloadavg()[0]:.1f})")
            outcomes.append(outcome)
        found = summary(at, outcomes, began)
    print(table(outcomes))
    print(json.dumps(found))
    sys.exit(not (found["missing"] == found["twice"] == 0 and found["pause_max_s"] < ASKED_S))


def kill(at: Station, victim: str, title: str, chance: random.Random) -> Outcome:
    """Fire, kill, fire again; wait until a pass that began after the kill has told both."""
    wait_well(at)
    time.sleep(chance.uniform(0, 15))
    fired = [at.fire(f"{title}: before {victim} died")]
    pid = VICTIMS[victim](at)
    killed = time.time()
    psutil.Process(pid).kill()
    fired.append(at.fire(f"{title}: after {victim} died"))
    wait_for_heads(at, fired, killed)
    said_s = time.time() - killed
    wait_well(at)
    well_s = time.time() - killed
    fired.append(at.fire(f"{title}: when {victim} was back"))  # whose pass ends the longest pause
    wait_for_heads(at, fired, killed)
    wait_until(lambda: bool(beginnings(at, killed)), GIVEN_UP_S, "No pass has begun", 1.0)
    moments = [killed, *beginnings(at, killed)]
    for incident_id in fired:
        at.change(incident_id, status="resolved")
    return Outcome(victim, max(later - one for one, later in pairwise(moments)), said_s, well_s)


def wait_for_heads(at: Station, fired: list[str], killed: float) -> None:
    """Until each of the incidents is in Slack."""
    for incident_id in fired:
        wait_for_head(at, incident_id, killed - 60, GIVEN_UP_S)


def beginnings(at: Station, since: float) -> list[float]:
    """When passes began after that moment, in seconds since 1970; none while PostgreSQL is away."""
    try:
        return [float(row[0]) for row in at.ask(BEGINNINGS, dag=ALERTS, since=since)]
    except SQLAlchemyError:
        return []


def wait_well(at: Station) -> None:
    """Until all is as before a kill."""
    wait_until(lambda: is_well(at), GIVEN_UP_S, "Airflow has not become well", 1.0)


def is_well(at: Station) -> bool:
    """As Airflow's own health page and the watchdog have it."""
    try:
        told = httpx.get(f"{at.airflow_url}/api/v2/monitor/health", timeout=5).json()
    except (httpx.HTTPError, ValueError):
        return False
    parts = [told.get(name) or {} for name in ("metadatabase", "scheduler", "dag_processor")]
    return all(part.get("status") == WELL for part in parts) and watchdog_is_content(at)


def watchdog_is_content(at: Station) -> bool:
    """No worker is missing, also of a scheduler that has just begun, and no task is held up."""
    try:
        sight = look(at.database, psutil.Process(at.keeper.pid("scheduler")))
        return len(sight.workers) == SLOTS and trouble(sight, SLOTS) is None
    except (SQLAlchemyError, psutil.Error):
        return False


def worker(at: Station) -> int:
    """One of LocalExecutor's."""
    workers = [one for one in children(at) if title_of(one).startswith(WORKER)]
    return int(workers[0].pid)


def task(at: Station) -> int:
    """The process in which a pass runs: a child of a worker, in the moment in which there is one."""
    found: list[int] = []

    def is_there() -> bool:
        workers = [one for one in children(at) if title_of(one).startswith(WORKER)]
        found[:] = [child.pid for one in workers for child in children_of(one)]
        return bool(found)

    wait_until(is_there, FIND_S, "no task was seen", 0.02)
    return found[0]


def postgres(at: Station) -> int:
    """The server's first process."""
    pid = at.postgres.pid
    if pid is None:
        raise RuntimeError("PostgreSQL does not run")
    return pid


def children(at: Station) -> list[Any]:
    """Of the scheduler, however far down."""
    return children_of(psutil.Process(at.keeper.pid("scheduler")), recursive=True)


def children_of(parent: Any, *, recursive: bool = False) -> list[Any]:
    try:
        return list(parent.children(recursive=recursive))
    except psutil.Error:
        return []


def title_of(one: Any) -> str:
    try:
        return " ".join(one.cmdline())
    except psutil.Error:
        return ""


VICTIMS: dict[str, Callable[[Station], int]] = {
    "scheduler": lambda at: at.keeper.pid("scheduler"),
    "worker": worker,
    "task": task,
    "api-server": lambda at: at.keeper.pid("api-server"),
    "dag-processor": lambda at: at.keeper.pid("dag-processor"),
    "postgres": postgres,
}


def summary(at: Station, outcomes: list[Outcome], began: float) -> dict[str, Any]:
    """What is to be kept an eye on; what is missing or twice is counted among all messages."""
    found = messages(at, began - 60)
    named = naming(found)
    incidents = FIRED * len(outcomes)
    return {
        "kills": len(outcomes),
        "pause_max_s": round(max(one.pause_s for one in outcomes), 1),
        "incidents": incidents,
        "missing": incidents - len(named.messages),
        "twice": twice(found) + sum(count > 1 for count in named.messages.values()),
        "messages": len(found),
    }


def table(outcomes: list[Outcome]) -> str:
    """Markdown, one line a victim: the longest of its kills."""
    lines = [
        "| killed | times | longest pause, s | in Slack, s | well again, s |",
        "|---|---:|---:|---:|---:|",
    ]
    for victim in dict.fromkeys(one.victim for one in outcomes):
        mine = [asdict(one) for one in outcomes if one.victim == victim]
        worst = " | ".join(f"{max(one[key] for one in mine):.0f}" for key in ("pause_s", "said_s", "well_s"))
        lines.append(f"| {victim} | {len(mine)} | {worst} |")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--only", nargs="+", choices=list(VICTIMS), default=list(VICTIMS))
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
