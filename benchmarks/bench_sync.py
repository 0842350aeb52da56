"""A first sync by Toban and by others: calls, seconds and peak memory, from one server with one history.

    make bench-sync                                               # everything, about half an hour
    python benchmarks/bench_sync.py --incidents 1000 --latency 0  # the short form
    python benchmarks/bench_sync.py --only toban --only "dlt (merge)"

Every contestant is a process of its own, measured from start to exit, one after the other. The table goes to
stdout, and as its last line one JSON object.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sync_contestants import CONTESTANTS, Contestant
from sync_race import Course, Outcome, course, run

LONGEST_S = 900.0  # what would take longer with latency is worked out from the run without it
RULE = "|---:|---:|---|---:|---:|---:|---|---|"


def main() -> None:
    """Run what was asked for, print the table and the JSON line."""
    asked = _arguments()
    outcomes: list[Outcome] = []
    for incidents in asked.incidents:
        until = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        with course(incidents, until) as on:
            for contestant in CONTESTANTS:
                if not asked.only or contestant.name in asked.only:
                    outcomes += list(_with_each_latency(contestant, on, asked.latency))
    print(table(outcomes))
    found = summary(outcomes)
    print(json.dumps(found))
    sys.exit(0 if found["complete"] else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--incidents", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 100], help="ms added to each answer")
    parser.add_argument("--only", action="append", choices=[one.name for one in CONTESTANTS])
    return parser.parse_args()


def _with_each_latency(contestant: Contestant, on: Course, latencies: list[int]) -> Iterator[Outcome]:
    """What would take too long with latency is worked out, and what failed without it is not repeated."""
    first: Outcome | None = None
    for latency_ms in sorted(latencies):
        outcome = _worked_out(first, latency_ms) if first else None
        if outcome is None:
            outcome = run(contestant, on, latency_ms)
        print(outcome, file=sys.stderr)
        first = first or outcome
        yield outcome


def _worked_out(first: Outcome, latency_ms: int) -> Outcome | None:
    """None if it is to be run."""
    seconds = first.seconds + first.calls * (latency_ms - first.latency_ms) / 1000
    if first.complete and seconds <= LONGEST_S:
        return None
    if not first.complete:
        return replace(first, latency_ms=latency_ms, calls=0, seconds=0.0, peak_mb=0.0, note="not run again")
    note = "not run; seconds without latency + calls x latency"
    return replace(first, latency_ms=latency_ms, seconds=seconds, peak_mb=0.0, note=note)


def table(outcomes: list[Outcome]) -> str:
    """Markdown, as it goes into RESULTS.md."""
    ordered = sorted(outcomes, key=lambda one: (one.incidents, one.latency_ms))
    head = "| incidents | latency | contestant | calls | seconds | peak MB | rows | note |"
    return "\n".join([head, RULE, *map(_line, ordered)])


def _line(one: Outcome) -> str:
    """A dash for what was not measured."""
    rows = "equal" if one.complete else "differ"
    calls, seconds = f"{one.calls:,}" if one.calls else "–", f"{one.seconds:,.1f}" if one.seconds else "–"
    peak = f"{one.peak_mb:,.0f}" if one.peak_mb else "–"
    what = f"| {one.incidents:,} | {one.latency_ms} ms | {one.contestant} "
    return what + f"| {calls} | {seconds} | {peak} | {rows} | {one.note} |"


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """The figures to keep an eye on; null where they were not measured."""
    ours = {(one.incidents, one.latency_ms): one for one in outcomes if one.contestant == "toban"}
    theirs = {(one.incidents, one.latency_ms): one for one in outcomes if one.contestant == "dlt (merge)"}
    small, large = ours.get((1_000, 0)), ours.get((20_000, 0))
    both = max((key for key in ours.keys() & theirs.keys() if key[1] == 0), default=None)
    return {
        "calls_per_1000": small.calls if small else None,
        "seconds_20k": round(large.seconds, 2) if large else None,
        "ratio_vs_dlt": round(theirs[both].seconds / ours[both].seconds, 2) if both else None,
        "peak_mb": round(max((one.peak_mb for one in ours.values()), default=0)),
        "complete": bool(ours) and all(one.complete for one in ours.values()),
    }


if __name__ == "__main__":
    main()
