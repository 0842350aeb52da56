"""Triage as a whole: runbook matching on real alerts, verdicts, novelty, and what they cost.

    PYTHONPATH=include python benchmarks/bench_triage.py [--incidents 1000000] [--shared ../shared/data]

What each part found in detail is printed on the way; the last line is one JSON object.
"""

import argparse
import json
import sys
from pathlib import Path

import triage_matching
import triage_verdicts

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (
    "runbook_matching/pairs_dev.jsonl",
    "alert_triage/outages_dev.jsonl",
    "alert_triage/scheduler_alerts_dev.jsonl",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000, help="invented ones, for the speed")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    absent = [name for name in NEEDED if not (chosen.shared / name).is_file()]
    if absent:
        sys.exit(f"{chosen.shared / absent[0]} is missing; name the folder that holds it with --shared.")
    matching = triage_matching.measure(chosen.shared / "runbook_matching")
    print(json.dumps(matching | triage_verdicts.measure(chosen.shared, chosen.incidents)))


if __name__ == "__main__":
    main()
