"""Triage as a whole: runbook matching on real alerts, verdicts, novelty, and what they cost.

    PYTHONPATH=include python benchmarks/bench_triage.py [--incidents 1000000] [--quick]

What each part found in detail is printed on the way; the last line is one JSON object. Where real data are
absent, the figures that need them are null.
"""

import argparse
import json
from pathlib import Path

import triage_matching
import triage_verdicts

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000, help="invented ones, for the speed")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--quick", action="store_true", help="without cross-validation")
    chosen = parser.parse_args()
    matching = triage_matching.measure(chosen.shared / "runbook_matching", quick=chosen.quick)
    print(json.dumps(matching | triage_verdicts.measure(chosen.shared, chosen.incidents)))


if __name__ == "__main__":
    main()
