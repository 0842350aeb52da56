"""The SQL console against statements that try to get out of it or to take all of the machine.

Meanwhile somebody else asks the console and reads pages' figures. The last line is one JSON object.
"""

import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile_ground import Ground, Verdict, ground
from benchmarks.hostile_statements import MUST_BE_BOUNDED, MUST_BE_REFUSED

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from toban.clients.console.console import Console
from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

INCIDENTS = 100
HARMLESS = "select service, count(*) from incident_facts group by all"
PAUSE_S = 0.5


class Bystander(threading.Thread):
    """Asks something harmless again and again, and notes how long that took."""

    def __init__(self, console: Console, warehouse: Warehouse) -> None:
        super().__init__(daemon=True)
        self._console, self._warehouse = console, warehouse
        self.ended = threading.Event()
        self.pages_s: list[float] = []
        self.queries_s: list[float] = []

    def run(self) -> None:
        while not self.ended.wait(PAUSE_S):
            began = time.monotonic()
            with self._warehouse.read() as snapshot:
                assert snapshot.rows(HARMLESS)
            self.pages_s.append(time.monotonic() - began)
            began = time.monotonic()
            assert self._console.ask(HARMLESS, who="alice").rows
            self.queries_s.append(time.monotonic() - began)


def main() -> None:
    print(json.dumps(measure()))


def measure(most: int | None = None) -> dict[str, float | int]:
    """Try the statements, or about ``most`` of them out of all kinds; see `summary`.

    What a statement takes is read from the largest child so far: call this before there are others.
    """
    with TemporaryDirectory() as name:
        directory = Path(name) / "warehouse"
        warehouse, console = Warehouse(directory), Console(directory)
        with warehouse.write() as writer:
            fill_a_little(writer, INCIDENTS)
            writer.rebuild_models()
            writer.publish()
        bystander = Bystander(console, warehouse)
        bystander.start()
        with ground(console, directory, Path(name) / "folder") as place:
            verdicts = tried(place, _one_in(most))
        bystander.ended.set()
        bystander.join()
    return summary(verdicts, bystander)


def _one_in(most: int | None) -> int:
    statements = [len(each) for kinds in (MUST_BE_REFUSED, MUST_BE_BOUNDED) for each in kinds.values()]
    return -(-sum(statements) // most) if most else 1


def tried(place: Ground, one_in: int) -> list[Verdict]:
    """The statements' verdicts; what got through is printed at once."""
    verdicts = []
    for must_be_refused, kinds in ((True, MUST_BE_REFUSED), (False, MUST_BE_BOUNDED)):
        for kind, every in kinds.items():
            statements = every[::one_in]
            for statement in statements:
                verdict = place.try_one(kind, statement, must_be_refused=must_be_refused)
                verdicts.append(verdict)
                if verdict.through or "-v" in sys.argv:
                    print(f"{verdict.through} {verdict.seconds:.2f} s {verdict.resident_mb} MB "
                          f"{verdict.statement!r} {verdict.outcome[:150]!r}")  # fmt: skip
            outcomes = Counter(v.outcome.partition(":")[0] for v in verdicts if v.kind == kind)
            print(f"{kind}: {len(statements)} tried, {dict(outcomes.most_common(4))}", flush=True)
    return verdicts


def summary(verdicts: list[Verdict], bystander: Bystander) -> dict[str, float | int]:
    return {
        "hostile_tried": len(verdicts),
        "hostile_through": sum(bool(verdict.through) for verdict in verdicts),
        "slowest_s": round(max(verdict.seconds for verdict in verdicts), 2),
        "largest_resident_mb": max(verdict.resident_mb for verdict in verdicts),
        "pages_meanwhile": len(bystander.pages_s),
        "slowest_page_s": round(max(bystander.pages_s), 2),
        "slowest_harmless_query_s": round(max(bystander.queries_s), 2),
    }


if __name__ == "__main__":
    main()
