"""The weekly trend asked of Toban, pandas, polars and SQLite, each a process; the answers must be equal."""

import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from toban.clients.warehouse import Warehouse
from toban.clients.warehouse.connections import open_to_export

ROOT = Path(__file__).parents[1]
ENGINES = ("toban", "polars", "pandas", "sqlite")
APART = {"polars", "pandas"}  # which have an environment of their own
RUNS = 5
PARQUET = """
    copy (
        select created_at, seconds_to_acknowledge, seconds_to_resolve
        from incident_facts where history_complete
    ) to '{file}' (format parquet)
"""
CSV = """
    copy (
        select epoch_us(created_at) // 1000000, seconds_to_acknowledge, seconds_to_resolve
        from incident_facts where history_complete
    ) to '{file}' (format csv, header false)
"""


def compare(warehouse: Warehouse) -> float:
    """How many times as long as Toban pandas takes; ends the benchmark where an answer differs."""
    with tempfile.TemporaryDirectory() as folder:
        sources = _exported(warehouse, Path(folder))
        found = {engine: _answer(engine, sources[engine]) for engine in ENGINES}
    for engine, one in found.items():
        _assert_equal(engine, one["rows"], found["toban"]["rows"])
        query_s = statistics.median(one["query_s"])
        print(f"{engine:<8} load {one['load_s']:6.2f} s  query {query_s:7.3f} s  peak {one['peak_mb']} MB")
    pandas_s, toban_s = (statistics.median(found[engine]["query_s"]) for engine in ("pandas", "toban"))
    return float(pandas_s / toban_s)


def _exported(warehouse: Warehouse, folder: Path) -> dict[str, Path]:
    parquet, csv = folder / "incidents.parquet", folder / "incidents.csv"
    with warehouse.read() as snapshot:
        path, directory = snapshot.path, snapshot.path.parents[1]
    with open_to_export(path) as connection:
        connection.execute(PARQUET.format(file=parquet))
        connection.execute(CSV.format(file=csv))
    return {"toban": directory, "pandas": parquet, "polars": parquet, "sqlite": csv}


def _answer(engine: str, source: Path) -> dict[str, Any]:
    python = ROOT / ".venv-bench" / "bin" / "python" if engine in APART else Path(sys.executable)
    script = Path(__file__).with_name("insights_contestant.py")
    command = [str(python), str(script), engine, str(source), str(RUNS)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told))


def _assert_equal(engine: str, rows: list[list[Any]], expected: list[list[Any]]) -> None:
    assert [row[:2] for row in rows] == [row[:2] for row in expected], f"{engine} counts others"
    for row, right in zip(rows, expected, strict=True):
        for value, wanted in zip(row[2:], right[2:], strict=True):
            assert math.isclose(value, wanted, rel_tol=1e-9), (
                f"{engine}, {row[0]}: {value} instead of {wanted}"
            )
