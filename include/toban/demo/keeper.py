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
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h: orphaned descendants become our children
GRACE_S = 8
RESTART_PAUSE_S = 3


class Watch(Protocol):
    """Looks after one process that can be there and yet not work."""

    def trouble(self, process: psutil.Process) -> str | None:
        """Why it must be started anew, if it must."""
        ...

    def declare_dead(self) -> None:
        """It has ended, however that came, and another follows."""
        ...


class Keeper:
    """Starts named processes, writes down whom it started, and ends them all.

    A keeper that was itself killed is cleaned up after by the next one, from ``record``.
    """

    def __init__(self, logs: Path, record: Path) -> None:
        self._logs = logs
        self._record = record
        self._commands: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._watches: dict[str, Watch] = {}
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

    def watch(self, name: str, watch: Watch) -> None:
        """Have somebody look after that process, and end it with all it started when it hangs."""
        self._watches[name] = watch

    def log_tail(self, name: str, lines: int = 5) -> str:
        """The last lines a process wrote, for an error message."""
        text = (self._logs / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def pid(self, name: str) -> int:
        """Of the process that bears the name now; a restart changes it."""
        return self._running[name].pid

    def has_ended(self, name: str) -> bool:
        """Whether that process is no longer there."""
        return self._running[name].poll() is not None

    def keep(
        self,
        stopped: Callable[[], bool],
        say: Callable[[str], None],
        chores: Iterable[Callable[[], None]] = (),
    ) -> None:
        """Do the chores and restart whatever dies or hangs, every few seconds, until ``stopped`` says so."""
        while not stopped():
            for chore in chores:
                chore()
            for name in list(self._running):
                why = self._why_restart(name)
                if why:
                    say(f"{name} {why}; starting it again.")
                    self._restart(name)
            time.sleep(RESTART_PAUSE_S)

    def _why_restart(self, name: str) -> str | None:
        if self.has_ended(name):
            return f"ended (exit code {self._running[name].returncode})"
        watch = self._watches.get(name)
        trouble = watch.trouble(psutil.Process(self.pid(name))) if watch else None
        return f"is ill ({trouble})" if trouble else None

    def _restart(self, name: str) -> None:
        """What it had started goes with it: a scheduler's workers would go on without it."""
        process = self._running[name]
        _kill_session(process.pid)
        process.wait()
        if name in self._watches:
            self._watches[name].declare_dead()
        self.start(name, *self._commands[name])

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


def _kill_session(leader: int) -> None:
    """End, at once, all that was started by a process which leads a session, also when itself is gone."""
    killed = [process for process in psutil.process_iter() if _leader(process.pid) == leader]
    for process in killed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(killed, timeout=GRACE_S)


def _leader(pid: int) -> int | None:
    """Of the session that a process belongs to; None when it is gone."""
    with suppress(ProcessLookupError):
        return os.getsid(pid)
    return None


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
