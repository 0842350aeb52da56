"""Verdicts, similar incidents and novelty: how often they are right, and how long they and a runbook take.

    PYTHONPATH=include python benchmarks/triage_verdicts.py [--incidents 1000000] [--shared ../shared/data]

The real histories lie in `shared/data` beside the checkout; without it their figures are null. The long
history is invented and ends now: it measures time and memory, and says nothing about how good a verdict is.
The last line is one JSON object.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from triage_history import invent
from triage_repeats import false_new, novel_recall
from triage_shelf import RUNBOOKS, put_up

from toban.clients.triage.incident_files import read_incidents
from toban.jobs.evaluate_triage import evaluate_triage

Figures = dict[str, Any]
ROOT = Path(__file__).parents[1]
PAIRS = "runbook_matching/pairs_dev.jsonl"
OUTAGES, GROUPS = "alert_triage/outages_dev.jsonl", "alert_triage/scheduler_alerts_dev.jsonl"
REAL = (
    *("outage_auc", "outage_average_precision", "outage_brier", "outage_brier_baseline"),
    *("group_hit1", "group_hit3", "novel_recall"),
)
WARM, COLD = 100, 5  # alerts in one process; processes


def measure(shared: Path, incidents: int) -> Figures:
    """All figures: the names are those of the last line."""
    absent = [name for name in (PAIRS, OUTAGES, GROUPS) if not (shared / name).is_file()]
    if absent:
        print(f"{', '.join(REAL)} are null: {shared / absent[0]} is missing; name its folder with --shared.")
    real = dict.fromkeys(REAL) if absent else _real(shared)
    return {**real, "false_new": false_new(), **_speed(None if absent else shared, incidents)}


def _real(shared: Path) -> Figures:
    outages, groups = (evaluate_triage(read_incidents(shared / name)) for name in (OUTAGES, GROUPS))
    print(json.dumps({"outages": outages, "scheduler": groups}, indent=2))
    figures = (
        outages["auc"]["value"],
        outages["average_precision"]["value"],
        outages["brier"]["value"],
        min(outages["brier_base_rate"], outages["brier_template_majority"]),
        groups["handled_by"]["hit_at_1"],
        groups["handled_by"]["hit_at_3"],
        novel_recall(shared / PAIRS),
    )
    return dict(zip(REAL, figures, strict=True))


def _speed(shared: Path | None, incidents: int) -> Figures:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as directory:
        shelf = Path(directory, "runbooks")
        put_up(shelf, shared / "runbook_matching" if shared else None)
        invent(Path(directory), incidents, now)
        train_s, train_mb, _ = _timed("-m", "toban", "triage", "train", "--warehouse", directory)
        asked = (str(ROOT / "benchmarks" / "triage_ask.py"), directory, str(shelf), now.isoformat())
        cold = [_timed(*asked) for _ in range(COLD)]
        _, warm_mb, said = _timed(*asked, str(WARM))
    warm = json.loads(said)
    times = warm.pop("warm_ms")
    print(f"asked at {now.isoformat()}: {json.dumps(warm)}")
    return {
        "incidents": incidents,
        "runbooks": RUNBOOKS,
        "train_s": train_s,
        "train_mb": train_mb,
        "cold_s": round(median(seconds for seconds, _, _ in cold), 2),
        "cold_worst_s": max(seconds for seconds, _, _ in cold),
        "cold_mb": max(megabytes for _, megabytes, _ in cold),
        "warm_ms": round(median(times), 1),
        "warm_worst_ms": round(max(times), 1),
        "warm_mb": warm_mb,
    }


def _timed(*command: str) -> tuple[float, float, str]:
    """Seconds and peak megabytes of a fresh Python process, and its last line."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    peak = _Peak(process.pid)
    said = process.communicate()[0]
    taken = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed.")
    return round(taken, 2), peak.megabytes(), said.strip().splitlines()[-1]


class _Peak(threading.Thread):
    """Follows a process's peak of resident memory: what wait4 tells includes that of this process."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status, self._peak_kb = Path(f"/proc/{pid}/status"), 0
        self.start()

    def run(self) -> None:
        while found := self._now():
            self._peak_kb = found
            time.sleep(0.02)

    def megabytes(self) -> int:
        self.join()
        return round(self._peak_kb / 1024)

    def _now(self) -> int:
        """Zero once the process has ended."""
        try:
            status = self._status.read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return 0
        return int(status.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in status else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.shared, chosen.incidents)))
