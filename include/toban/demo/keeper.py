"""Owns processes: starts each in a group of its own, restarts what dies, ends everything.

Airflow's own launcher leaves orphans when it is told to stop (its API server, scheduler and workers),
so the keeper starts each part itself, and adopts orphaned grandchildren (Linux) to end them too.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h: orphaned descendants become our children
GRACE_S = 8
RESTART_PAUSE_S = 3


class Keeper:
    """Starts named processes, writes down whom it started, and ends them all.

    A keeper that was itself killed is cleaned up after by the next one, from ``record``.
    """

    def __init__(self, logs: Path, record: Path) -> None:
        self._logs = logs
        self._record = record
        self._commands: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(parents=True, exist_ok=True)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._end_leftovers()

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start and keep a process; its output goes to ``<logs>/<name>.log``."""
        self._commands[name] = (command, env)
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command, env=dict(env), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self._write_record()

    def log_tail(self, name: str, lines: int = 5) -> str:
        """The last lines a process wrote, for an error message."""
        text = (self._logs / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def has_ended(self, name: str) -> bool:
        """Whether that process is no longer there."""
        return self._running[name].poll() is not None

    def keep(self, stopped: Callable[[], bool], say: Callable[[str], None]) -> None:
        """Restart whatever dies until ``stopped`` says so."""
        while not stopped():
            for name in [name for name in self._running if self.has_ended(name)]:
                say(f"{name} ended (exit code {self._running[name].returncode}); starting it again.")
                self.start(name, *self._commands[name])
            time.sleep(RESTART_PAUSE_S)

    def end_all(self, spare: int | None = None) -> None:
        """Ask every process to end, then insist; returns when none is left but ``spare``'s family."""
        for _ in range(2):  # the second round ends those who were orphaned in the first and came to us
            _end([one for one in _descendants(psutil.Process()) if not _belongs_to(one, spare)])
        self._running.clear()
        self._record.unlink(missing_ok=True)

    def _write_record(self) -> None:
        known = [[p.pid, psutil.Process(p.pid).create_time()] for p in self._running.values() if not p.poll()]
        self._record.write_text(json.dumps(known))

    def _end_leftovers(self) -> None:
        if not self._record.exists():
            return
        for pid, created in json.loads(self._record.read_text()):
            if psutil.pid_exists(pid) and psutil.Process(pid).create_time() == created:
                _end([psutil.Process(pid), *_descendants(psutil.Process(pid))])
        self._record.unlink()


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _belongs_to(process: psutil.Process, pid: int | None) -> bool:
    try:
        return pid is not None and (process.pid == pid or process.ppid() == pid)
    except psutil.NoSuchProcess:
        return False


def _end(processes: list[psutil.Process]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            try:
                os.kill(process.pid, number)
            except ProcessLookupError:
                continue
        _, processes = psutil.wait_procs(processes, timeout=GRACE_S)
