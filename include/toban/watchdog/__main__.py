"""The scheduler's health check in the compose file: ``python -m toban.watchdog``, inside its container.

Compose restarts a container that ends, not one that is unhealthy. So this check ends what hangs: every
process of the container but the first, which then ends too, and `restart: unless-stopped` starts it anew.
"""

import os
import signal
import sys

import psutil

from toban.watchdog.watchdog import Watchdog

FIRST = 1  # in a container: Airflow's init process, which started the scheduler
EVERYBODY = -1  # for kill(2): all but the first process; Linux spares the caller too


def main() -> int:
    """The exit code: 0 when the scheduler is well."""
    told = os.environ
    watchdog = Watchdog(told["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], int(told["AIRFLOW__CORE__PARALLELISM"]))
    why = watchdog.trouble(psutil.Process(FIRST))
    if why is None:
        return 0
    sys.stderr.write(f"The scheduler is ill: {why}; ending it, so that it is started anew.\n")
    watchdog.declare_dead()
    os.kill(EVERYBODY, signal.SIGKILL)
    return 1


if __name__ == "__main__":
    sys.exit(main())
