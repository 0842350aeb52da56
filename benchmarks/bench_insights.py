"""The pages before ten people with 1,000,000 incidents, the trend of 10,000,000, and others asked the same.

    make bench-insights
    make bench-insights-short

The last line is one JSON object; a page's time is from the request to the last byte of the answer.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import insights_engines
from benchmarks import bench_hostile
from insights_addresses import Addresses
from insights_history import invent, invent_facts
from insights_paint import first_paint_ms
from insights_users import USERS, Crowd, Visit, serving

from toban.clients.insights.overview import LOAD
from toban.clients.warehouse import Choice, Warehouse, measured

RUNS = 5


def main() -> None:
    given = _arguments()
    found: dict[str, float | int | None] = {}
    # First, as what a statement takes is read from the largest child there was.
    hostile = bench_hostile.measure(given.hostile)
    with tempfile.TemporaryDirectory() as name:
        warehouse = _made(invent, given.keep or Path(name), given.incidents)
        with serving(given.keep or Path(name)) as url:
            crowd = Crowd(url, Addresses(given.incidents))
            crowd.read(given.seconds)
            found |= _told(crowd.visits)
            found["first_paint_ms"] = first_paint_ms(url, Addresses(given.incidents, seed=2))
        ratio = insights_engines.compare(warehouse)
    with tempfile.TemporaryDirectory() as name:
        found["trend_10m_s"] = _trend_s(_made(invent_facts, Path(name), given.trend))
    found["ratio_vs_pandas"] = round(ratio, 1)
    print(json.dumps(found | {name: hostile[name] for name in ("hostile_tried", "hostile_through")}))


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--incidents", type=int, default=1_000_000)
    asked.add_argument("--trend", type=int, default=10_000_000, help="incidents of the weekly trend")
    asked.add_argument("--seconds", type=float, default=180, help="for so long ten people read")
    asked.add_argument("--hostile", type=int, help="about so many hostile statements, not all")
    asked.add_argument("--keep", type=Path, help="a folder whose warehouse is used, or made and kept")
    return asked.parse_args()


def _made(make: Callable[[Path, int], Warehouse], directory: Path, incidents: int) -> Warehouse:
    if (directory / "current.json").exists():
        return Warehouse(directory)
    begun = time.perf_counter()
    warehouse = make(directory, incidents)
    print(f"{incidents:,} incidents made and published in {time.perf_counter() - begun:.0f} s", flush=True)
    return warehouse


def _told(visits: Sequence[Visit]) -> dict[str, float]:
    """The two figures; what each kind of page took is printed."""
    print(f"{USERS} users: {len(visits)} pages, {sum(visit.again for visit in visits)} of them again")
    for page in sorted({visit.page for visit in visits}):
        first, again = ([v.ms for v in visits if v.page == page and v.again is a] for a in (False, True))
        print(f"  {page:<12} first {_spread(first)}   again {_spread(again)}")
    return {
        "page_p95_ms": _p95([visit.ms for visit in visits if not visit.again]),
        "repeat_p95_ms": _p95([visit.ms for visit in visits if visit.again]),
    }


def _spread(ms: Sequence[float]) -> str:
    if not ms:
        return f"{'–':>36}"
    return f"{len(ms):>5} pages, median {statistics.median(ms):6.0f}, p95 {_p95(ms):6.0f} ms"


def _p95(ms: Sequence[float]) -> float:
    return round(statistics.quantiles(ms, n=20, method="inclusive")[-1]) if len(ms) > 1 else round(ms[0])


def _trend_s(warehouse: Warehouse) -> float:
    """The overview's weekly trend over all incidents, worked out anew each time; the median."""
    taken = []
    with warehouse.read() as snapshot:
        for _ in range(RUNS):
            begun = time.perf_counter()
            weeks = measured(snapshot, Choice(time_zone="Asia/Tokyo"), ("week",), measures=LOAD)
            taken.append(time.perf_counter() - begun)
    print(f"weekly trend of {sum(week['incidents'] for week in weeks):,} incidents:"
          f" {', '.join(f'{s:.2f}' for s in taken)} s")  # fmt: skip
    return round(statistics.median(taken), 2)


if __name__ == "__main__":
    main()
