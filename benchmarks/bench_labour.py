"""A labour month of 50 people out of 100,000 incidents: how long it takes, and whether its sums are right.

    make bench-labour
    python benchmarks/bench_labour.py --incidents 5000

Every month is a process of its own, `toban labour report`, measured from start to exit. The workbook is
read without the library that wrote it, and its sums are compared with labour_sums.sql, which shares no code
with Toban. As its last line one JSON object.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from labour_workbook import sheet

from labour_company import fill
from toban.clients.warehouse import Warehouse

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "domain" / "labour"
KINDS = ("working day", "legal holiday", "other holiday")
RUNS = 3
SETTINGS = """
fallback_channel = "#ops"
slack = {{ trial_channel = "#trial" }}
[[teams]]
id = "all"
name = "All"
time_zone = "Asia/Tokyo"
announce_channel = "#all"
services = {services}
escalation_policies = {policies}
[teams.labour]
preset = "japan"
rules.rest.working_hours = {{ from = 09:00:00, until = 18:00:00 }}
rules.pay = {{ standby_workday = 1000, call_out = 500, hourly = 3000 }}
"""


def main() -> None:
    """Measure, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--incidents", type=int, default=100_000)
    asked.add_argument(
        "--keep", type=Path, help="a folder whose warehouse is kept, and used when it is there"
    )
    given = asked.parse_args()
    cases, exact = hand_computed()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(given.keep or Path(folder), given.incidents)
    print(json.dumps({"cases": cases, "exact": exact, **found}))
    sys.exit(0 if exact == cases and found["sums_equal"] else 1)


def measured(folder: Path, incidents: int) -> dict[str, object]:
    """The month without and with attendance, and its sums."""
    warehouse = Warehouse(folder / "warehouse")
    if not (folder / "warehouse").exists():
        fill(warehouse, incidents)
    _write_settings(folder, warehouse)
    people = _write_people(folder, warehouse)
    plain = [_seconds(folder) for _ in range(RUNS)]
    sums, differences = compared(folder, warehouse)
    full = [_seconds(folder, "--attendance", str(folder / "attendance.csv")) for _ in range(RUNS)]
    for difference in differences[:10]:
        print(difference, file=sys.stderr)
    return {
        "people": people,
        "incidents": _incidents(warehouse),
        "month_s": _median(elapsed for elapsed, _ in plain),
        "month_processor_s": _median(used for _, used in plain),
        "with_attendance_s": _median(elapsed for elapsed, _ in full),
        "with_attendance_processor_s": _median(used for _, used in full),
        "sums": sums,
        "sums_equal": not differences,
    }


def _median(seconds: Iterable[float]) -> float:
    return round(statistics.median(seconds), 2)


def hand_computed() -> tuple[int, int]:
    """How many cases there are, and how many come out exactly."""
    tables = [CASES / name for name in ("cases.toml", "overtime_cases.toml", "agreement_cases.toml")]
    names = {case["name"] for path in tables for case in tomllib.loads(path.read_text("utf-8"))["case"]}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "junit.xml")
        tests = [str(CASES / "test_cases.py"), str(CASES / "test_overtime.py")]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *tests,
        ]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
        results = ET.parse(report).iter("testcase")  # noqa: S314 - written by the line above
        tried = {_case(one.get("name", "")): len(list(one)) == 0 for one in _failed_last(results)}
    return len(names), sum(tried.get(name, False) for name in names)


def _failed_last(results: Iterator[ET.Element]) -> list[ET.Element]:
    """A case is exact only if all tests of it pass."""
    return sorted(results, key=lambda one: len(list(one)))


def _case(test: str) -> str:
    return test.partition("[")[2].removesuffix("]")


def _write_settings(folder: Path, warehouse: Warehouse) -> None:
    with warehouse.read() as snapshot:
        services, policies = (
            [row["id"] for row in snapshot.rows(f"select id from {table} order by id")]
            for table in ("services", "escalation_policies")
        )
    text = SETTINGS.format(services=json.dumps(services), policies=json.dumps(policies))
    (folder / "toban.toml").write_text(text, encoding="utf-8")


def _write_people(folder: Path, warehouse: Warehouse) -> int:
    """Everybody works from nine to six, with an hour's break and now and then overtime, for a year."""
    with warehouse.read() as snapshot:
        ids = [row["id"] for row in snapshot.rows("select id from users order by id")]
    days = [date(2025, 12, 1) + timedelta(days=n) for n in range(365)]
    lines = (
        f"{person},{day},09:00,{18 + (day.day + number) % 4}:00,60\n"
        for number, person in enumerate(ids)
        for day in days
        if day.weekday() < 5
    )
    text = "pagerduty_id,date,start,end,break_minutes\n" + "".join(lines)
    (folder / "attendance.csv").write_text(text, encoding="utf-8")
    return len(ids)


def _seconds(folder: Path, *more: str) -> tuple[float, float]:
    """Elapsed, and of the processors: the second hardly depends on what else runs."""
    command = [str(Path(sys.executable).with_name("toban")), "labour", "report", "--team", "all"]
    command += ["--month", "2026-11", "--warehouse", str(folder / "warehouse")]
    command += ["--excel", str(folder / "month.xlsx"), "--csv", str(folder / "month.csv"), *more]
    begun, used = time.perf_counter(), _processors_s()
    settings = {"TOBAN_SETTINGS": str(folder / "toban.toml"), "PYTHONDONTWRITEBYTECODE": ""}
    settings["TOBAN_LEDGER_URL"] = f"sqlite:///{folder / 'ledger.db'}"
    subprocess.run(command, check=True, stdout=sys.stderr, env=os.environ | settings)
    return time.perf_counter() - begun, _processors_s() - used


def _processors_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _incidents(warehouse: Warehouse) -> int:
    with warehouse.read() as snapshot:
        return int(snapshot.rows("select count(*) as number from incidents")[0]["number"])


def compared(folder: Path, warehouse: Warehouse) -> tuple[int, list[str]]:
    """How many sums of the workbook's month were compared with SQL's, and where they differ."""
    query = Path(__file__).with_name("labour_sums.sql").read_text(encoding="utf-8").replace("$sums", _sums())
    with warehouse.read(restricted=True) as snapshot:
        expected = {row["Name"]: row for row in snapshot.rows(query)}
    found = {str(row["Name"]): row for row in sheet(folder / "month.xlsx", "Month")}
    if found.keys() != expected.keys():
        return 0, [f"other people: {sorted(found.keys() ^ expected.keys())}"]
    sums = [
        (name, column, value)
        for name, row in expected.items()
        for column, value in row.items()
        if column != "Name"
    ]
    return len(sums), [
        f"{name}, {column}: {found[name][column]} instead of {value}"
        for name, column, value in sums
        if abs(float(found[name][column]) - float(value)) > 1e-6
    ]


def _sums() -> str:
    """The columns of the month's sheet, as sums over what was cut."""
    columns = ["coalesce(sum(seconds) filter (what = 'response'), 0) / 60 as \"Response minutes\""]
    for kind in KINDS:
        columns.append(_sum("standby", kind, "true", 3600, f"Standby hours, {kind}"))
        columns.append(_sum("response", kind, "not night", 60, f"Minutes by day, {kind}"))
        columns.append(_sum("response", kind, "night", 60, f"Minutes at night, {kind}"))
    return ",\n    ".join(columns)


def _sum(what: str, kind: str, when: str, unit: int, name: str) -> str:
    chosen = f"what = '{what}' and kind = '{kind}' and {when}"
    return f'coalesce(sum(seconds) filter ({chosen}), 0) / {unit} as "{name}"'


if __name__ == "__main__":
    main()
