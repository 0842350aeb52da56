"""Runs one contestant against the server and measures it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from sync_contestants import Contestant, Rows, Task, environment
from sync_server import DAYS, ENTRIES, history

HERE = Path(__file__).parent
FULLEST = 8_000  # rows in one of the windows that dlt and the naive client are handed; 10,000 is the ceiling


@dataclass(frozen=True)
class Outcome:
    """One run; ``note`` says what is to be known about it."""

    contestant: str
    incidents: int
    latency_ms: int
    calls: int
    seconds: float
    peak_mb: float
    complete: bool
    note: str = ""


@dataclass(frozen=True)
class Course:
    """The server, and what it has."""

    url: str
    incidents: int
    until: datetime
    rows: Rows


@contextmanager
def course(incidents: int, until: datetime) -> Iterator[Course]:
    """The server, in a process of its own, for as long as the block takes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, str(HERE / "sync_server.py"), str(incidents), str(port), until.isoformat()]
    server = subprocess.Popen(command, env=environment())
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield Course(url, incidents, until, _truth(incidents, until))
    finally:
        server.terminate()
        server.wait()


def run(contestant: Contestant, on: Course, latency_ms: int) -> Outcome:
    """From the start of its process to the end; its rows are compared with the history afterwards."""
    begin = on.until - timedelta(days=DAYS, hours=1)
    pieces = ceil(on.incidents * ENTRIES / FULLEST)
    with tempfile.TemporaryDirectory(prefix="bench_sync_") as folder:
        task = Task(on.url, wire(begin), wire(on.until), pieces, Path(folder))
        command = contestant.command(task)
        ask(f"{on.url}/_sandbox/latency", "POST", {"ms": latency_ms})
        ask(f"{on.url}/_sandbox/calls", "DELETE")
        seconds, peak_mb, complaint = _measured(command, task.directory)
        calls = sum(ask(f"{on.url}/_sandbox/calls").values())
        note = complaint or _difference(contestant.rows(task), on.rows)
    return Outcome(contestant.name, on.incidents, latency_ms, calls, seconds, peak_mb, not note, note)


def _measured(command: list[str], directory: Path) -> tuple[float, float, str]:
    """Seconds, peak megabytes of the process and its children, and its last words if it failed."""
    with (directory / "stdout").open("wb") as out, (directory / "stderr").open("wb") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment(), cwd=directory, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_maxrss / 1024, _last_words(directory) if process.returncode else ""


def _last_words(directory: Path) -> str:
    lines = (directory / "stderr").read_text(errors="replace").strip().splitlines()
    return f"failed: {lines[-1][:72]}" if lines else "failed without a word"


def _truth(incidents: int, until: datetime) -> Rows:
    items = history(incidents, until).items
    entries = {
        (entry["id"], item["incident"]["id"], entry["type"].removesuffix("_log_entry"))
        for item in items
        for entry in item["log_entries"]
    }
    return {(item["incident"]["id"], item["incident"]["status"]) for item in items}, entries


def _difference(found: Rows, expected: Rows) -> str:
    """Nothing if every row is there, with its status or kind, and no other."""
    if found == expected:
        return ""
    incidents, entries = (len(there & truth) for there, truth in zip(found, expected, strict=True))
    return f"has {incidents} of the incidents and {entries} of the log entries"


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            ask(f"{url}/_sandbox/calls")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def wire(moment: datetime) -> str:
    """A UTC moment as PagerDuty writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def ask(url: str, method: str = "GET", body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The JSON answer of the server's own `/_sandbox` pages."""
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, method=method)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        found: dict[str, Any] = json.loads(answer.read())
    return found
