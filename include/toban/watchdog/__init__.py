"""Does Airflow's scheduler hang? Asked from outside of it, because a scheduler that hangs tells nobody.

::

    sight       what can be seen: Airflow's database, and the scheduler's worker processes
    verdict     what of it means that the scheduler must be started anew
    watchdog    looks twice before it says so; the demo's keeper asks it
    __main__    the health check of the compose file, which ends a scheduler that hangs

LocalExecutor's idle workers share one queue and its lock. A worker that is killed while it holds the lock
leaves the others waiting for ever, and the scheduler goes on as if nothing were: only a restart helps.
"""

from toban.watchdog.watchdog import Watchdog

__all__ = ["Watchdog"]
