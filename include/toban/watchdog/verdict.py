"""What of the things seen means that the scheduler must be started anew."""

from toban.watchdog.sight import Sight

STARTING_S = 180.0  # to its first heartbeat: 8 s on two quiet cores, a minute on busy ones
YOUNG_S = 30.0  # then it starts its workers, and takes over what an earlier one left
SILENT_S = 30.0  # it writes a heartbeat every 5 s
QUEUED_S = 15.0  # an idle worker takes a task from the queue at once
STILL_S = 90.0  # passes begin every minute, and each ends within one


def trouble(sight: Sight, slots: int) -> str | None:
    """Why it must be, in words that follow "the scheduler is ill:"; None when it is well or still starting.

    ``slots`` is how many tasks run at once, which is how many workers LocalExecutor keeps.
    """
    if sight.registered_s is None:
        return f"no heartbeat since it began {sight.age_s:.0f} s ago" if sight.age_s > STARTING_S else None
    if sight.silent_s is None:
        # It has not written for so long that it gave itself up; its tasks are taken from it as orphans.
        return "Airflow counts it as dead"
    if sight.silent_s > SILENT_S:
        return f"its last heartbeat is {sight.silent_s:.0f} s old"
    return _stopped(sight, slots, sight.registered_s) if sight.registered_s > YOUNG_S else None


def _stopped(sight: Sight, slots: int, registered_s: float) -> str | None:
    if len(sight.workers) < slots:
        return f"only {len(sight.workers)} of its {slots} workers are left"
    starved = [id_ for id_, seconds in sight.queued.items() if seconds > QUEUED_S and not _taken(id_, sight)]
    if starved:
        return f"no worker has taken task {starved[0]} for {sight.queued[starved[0]]:.0f} s"
    still_s = min(sight.still_s or 0.0, registered_s)  # before it began, it is not its fault
    if still_s > STILL_S and sight.busy < slots:
        return f"no alert pass has begun or ended for {still_s:.0f} s"
    return None


def _taken(task_id: str, sight: Sight) -> bool:
    """A worker that has taken a task bears its id in its name, also while it waits for Airflow's API."""
    return any(task_id in name for name in sight.workers)
