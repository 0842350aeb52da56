"""The scheduler's health check in the compose file: ``python -m toban.watchdog``, inside its container.

Compose restarts a container that ends, not one that is unhealthy. So this check ends a scheduler that hangs,
with its workers; the container ends with it, and `restart: unless-stopped` starts it anew.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from toban.watchdog.watchdog import Watchdog

DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
SLOTS = "AIRFLOW__CORE__PARALLELISM"


def main() -> int:
    """The exit code: 0 when the scheduler is well."""
    scheduler = _scheduler()
    if scheduler is None:
        sys.stderr.write("No scheduler runs here.\n")
        return 1
    watchdog = Watchdog(os.environ[DATABASE], int(os.environ[SLOTS]))
    why = watchdog.trouble(scheduler)
    if why is None:
        return 0
    sys.stderr.write(f"The scheduler is ill ({why}); ending it, so that it is started anew.\n")
    for process in [*scheduler.children(recursive=True), scheduler]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    watchdog.declare_dead()
    return 1


def _scheduler() -> psutil.Process | None:
    """The one that works with this database: on a machine without containers there may be others."""
    return next((process for process in psutil.process_iter() if _is_ours(process)), None)


def _is_ours(process: psutil.Process) -> bool:
    try:
        words: list[str] = process.cmdline()
        *_, program, command = "", "", *words
        is_scheduler = command == "scheduler" and Path(program).name == "airflow"
        return is_scheduler and process.environ().get(DATABASE) == os.environ[DATABASE]
    except psutil.Error:
        return False


if __name__ == "__main__":
    sys.exit(main())
