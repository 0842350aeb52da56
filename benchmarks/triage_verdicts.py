"""Verdicts, similar incidents and novelty: how often they are right, and how long they take.

    PYTHONPATH=include python benchmarks/triage_verdicts.py [--incidents 1000000] [--shared ../shared/data]

The real histories lie in `shared/data` beside the checkout. The long history is invented: it measures
time and memory, and says nothing about how good a verdict is. The last line is one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from triage_history import NOW, invent
from triage_repeats import false_new, novel_recall

from toban.clients.triage.incident_files import read_incidents
from toban.clients.warehouse import Warehouse
from toban.domain.triage.nouns import Asked
from toban.jobs.evaluate_triage import evaluate_triage
from toban.jobs.triage_alert import triage_alert

Figures = dict[str, Any]
ROOT = Path(__file__).parents[1]
ALERT, SERVICE = "Disk of part a is full on db-7: 91%", "S7"
WARM, COLD = 50, 3  # times; the median counts


def measure(shared: Path, incidents: int) -> Figures:
    """All figures: the names are those of the last line."""
    outages = evaluate_triage(read_incidents(shared / "alert_triage" / "outages_dev.jsonl"))
    groups = evaluate_triage(read_incidents(shared / "alert_triage" / "scheduler_alerts_dev.jsonl"))
    print(json.dumps({"outages": outages, "scheduler": groups}, indent=2))
    return {
        "outage_auc": outages["auc"]["value"],
        "outage_average_precision": outages["average_precision"]["value"],
        "outage_brier": outages["brier"]["value"],
        "outage_brier_baseline": min(outages["brier_base_rate"], outages["brier_template_majority"]),
        "group_hit1": groups["handled_by"]["hit_at_1"],
        "group_hit3": groups["handled_by"]["hit_at_3"],
        "novel_recall": novel_recall(shared / "runbook_matching" / "pairs_dev.jsonl"),
        "false_new": false_new(),
        **_speed(incidents),
    }


def _speed(incidents: int) -> Figures:
    with tempfile.TemporaryDirectory() as directory:
        warehouse = invent(Path(directory), incidents)
        train_s, train_mb = _timed(_toban("triage", "train", "--warehouse", directory))
        ask = _toban("triage", "verdict", "--warehouse", directory, "--text", ALERT, "--service", SERVICE)
        cold_s, cold_mb = sorted(_timed(ask) for _ in range(COLD))[COLD // 2]
        return {
            "incidents": incidents,
            "train_s": train_s,
            "train_mb": train_mb,
            "cold_s": cold_s,
            "cold_mb": cold_mb,
            "warm_ms": _warm_ms(warehouse),
        }


def _toban(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "toban", *arguments]


def _timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of a fresh process."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    taken = time.perf_counter() - begun
    print(done.stderr.strip())
    return round(taken, 2), round(float(done.stdout))


def _warm_ms(warehouse: Warehouse) -> float:
    """The median of many alerts in one process, each of another service."""
    times = []
    with warehouse.read() as snapshot:
        for n in range(WARM + 1):
            begun = time.perf_counter()
            triage_alert(snapshot, Asked(ALERT, f"S{n}", NOW), NOW)
            times.append(1000 * (time.perf_counter() - begun))
    return round(sorted(times[1:])[WARM // 2], 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    found = measure(chosen.shared, chosen.incidents)
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(found))
