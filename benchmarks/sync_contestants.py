"""Each contestant of bench_sync: how it is started, and what it stored, in one comparable shape."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import orjson

HERE = Path(__file__).parent
ROOT = HERE.parent
DLT_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TAP_PYTHON = ROOT / ".venv-bench-tap" / "bin" / "python"
Rows = tuple[set[tuple[object, ...]], set[tuple[object, ...]]]


@dataclass(frozen=True)
class Task:
    """What everybody is asked to fetch, and where to put it."""

    url: str
    since: str
    until: str
    windows: int
    directory: Path


@dataclass(frozen=True)
class Contestant:
    """``rows`` gives (incident id, status) and (entry id, incident id, type without suffix), as stored."""

    name: str
    command: Callable[[Task], list[str]]
    rows: Callable[[Task], Rows]


def _toban(task: Task) -> list[str]:
    options = {
        "--pagerduty-url": task.url,
        "--warehouse": str(task.directory / "warehouse"),
        "--since": task.since,
        "--until": task.until,
        "--format": "json",
    }
    return [sys.executable, "-m", "toban", "sync", *(word for option in options.items() for word in option)]


def _toban_rows(task: Task) -> Rows:
    pointer = json.loads((task.directory / "warehouse" / "current.json").read_text())
    (file,) = [value for value in pointer.values() if str(value).startswith("snapshots/")]
    return _read(task.directory / "warehouse" / file, "id, incident_id, type from log_entries")


def _dlt(disposition: str) -> Callable[[Task], list[str]]:
    def command(task: Task) -> list[str]:
        words = [task.url, task.since, task.until, str(task.windows), str(task.directory), disposition]
        return [str(DLT_PYTHON), str(HERE / "sync_dlt.py"), *words]

    return command


def _dlt_rows(task: Task) -> Rows:
    entries = "id, incident__id, replace(type, '_log_entry', '') from pagerduty.log_entries"
    return _read(task.directory / "dlt.duckdb", entries, "pagerduty.incidents")


def _naive(task: Task) -> list[str]:
    words = [task.url, task.since, task.until, str(task.windows), str(task.directory)]
    return [str(DLT_PYTHON), str(HERE / "sync_naive.py"), *words]


def _naive_rows(task: Task) -> Rows:
    entries = "id, incident.id, replace(type, '_log_entry', '') from log_entries"
    return _read(task.directory / "naive.duckdb", entries)


def _tap(task: Task) -> list[str]:
    config, catalog = task.directory / "config.json", task.directory / "catalog.json"
    config.write_text(json.dumps({"token": "bench", "email": "bench@example.com", "start_date": task.since}))
    base = [str(TAP_PYTHON), str(HERE / "sync_tap.py"), task.url, "--config", str(config)]
    found = json.loads(subprocess.run([*base, "--discover"], capture_output=True, check=True).stdout)
    for stream in found["streams"]:
        for entry in stream["metadata"]:
            entry["metadata"]["selected"] = stream["stream"] == "incidents"
    catalog.write_text(json.dumps(found))
    return [*base, "--catalog", str(catalog)]


def _tap_rows(task: Task) -> Rows:
    incidents, entries = set(), set()
    for line in (task.directory / "stdout").read_bytes().splitlines():
        message = orjson.loads(line)
        if message["type"] == "RECORD":
            record = message["record"]
            incidents.add((record["id"], record["status"]))
            for entry in record.get("log_entries") or ():
                entries.add((entry["id"], record["id"], entry["type"].removesuffix("_log_entry")))
    return incidents, entries


def _read(file: Path, entries: str, incidents: str = "incidents") -> Rows:
    with duckdb.connect(str(file), read_only=True) as connection:
        first = connection.execute(f"select id, status from {incidents}").fetchall()
        second = connection.execute(f"select {entries}").fetchall()
    assert len(set(first)) == len({row[0] for row in first}), f"{file}: an incident stands there twice"
    return set(first), set(second)


CONTESTANTS = (
    Contestant("toban", _toban, _toban_rows),
    Contestant("dlt (merge)", _dlt("merge"), _dlt_rows),
    Contestant("dlt (append)", _dlt("append"), _dlt_rows),
    Contestant("naive", _naive, _naive_rows),
    Contestant("tap-pagerduty", _tap, _tap_rows),
)


def environment() -> dict[str, str]:
    """For all of them the same; nobody reports to anybody."""
    return os.environ | {
        "PYTHONPATH": str(ROOT / "include"),
        "TOBAN_PAGERDUTY_TOKEN": "bench",
        "TOBAN_SETTINGS": str(ROOT / "absent.toml"),
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "RUNTIME__LOG_LEVEL": "ERROR",
    }
