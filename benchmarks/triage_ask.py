"""One alert from a process's first import to its answers: verdict, similar incidents and runbook.

    PYTHONPATH=include python benchmarks/triage_ask.py WAREHOUSE RUNBOOKS MOMENT [TIMES]

With TIMES, as many more alerts of other services are asked in the same process. The last line is one JSON
object; the moment, in ISO 8601, is that of the alerts.
"""

import time

BEGUN = time.perf_counter()  # ahead of the imports, which count

# ruff: noqa: E402
import json
import sys
from datetime import datetime
from pathlib import Path

from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_index import read_index
from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.finding import Library, find
from toban.domain.runbooks.search.memory import Memory
from toban.domain.triage.nouns import Asked
from toban.jobs.triage_alert import triage_alert

TITLE, DETAILS = "Disk of part a is full on db-7: 91%", "Only 3 GB of 40 GB are left on /var/lib/data."


def library(directory: Path) -> Library:
    """All runbooks, ready to be asked."""
    return Library(load_runbooks(directory).runbooks, read_index(directory), Memory())


def ask(snapshot: Snapshot, shelf: Library, number: int, now: datetime) -> dict[str, object]:
    """What is said of an alert of that service; raises WarehouseError."""
    found = triage_alert(snapshot, Asked(TITLE, f"S{number}", now), now)
    alert = AlertText(TITLE, DETAILS, service_id=f"S{number}", service_name=f"service {number}")
    by_rule = [each.runbook.id for each in match(alert, shelf.runbooks)]
    return {
        "verdict": found.judgement.verdict,
        "reason": found.judgement.reason,
        "similar": [each.past.id for each in found.nearest],
        "by_rule": by_rule,
        "by_text": [each.page.id for each in find(alert, shelf, "en")],
    }


def main(warehouse: str, runbooks: str, moment: str, times: str = "0") -> None:
    now = datetime.fromisoformat(moment)
    with Warehouse(Path(warehouse)).read() as snapshot:
        shelf = library(Path(runbooks))
        answers = ask(snapshot, shelf, 7, now)
        cold_s = time.perf_counter() - BEGUN
        warm_ms = []
        for number in range(int(times)):
            begun = time.perf_counter()
            ask(snapshot, shelf, number, now)
            warm_ms.append(1_000 * (time.perf_counter() - begun))
    print(json.dumps({**answers, "cold_s": cold_s, "warm_ms": warm_ms}))


if __name__ == "__main__":
    main(*sys.argv[1:])
