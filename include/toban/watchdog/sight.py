"""What can be seen of a scheduler from outside."""

from collections.abc import Mapping
from dataclasses import dataclass

import psutil
from sqlalchemy import Engine, text

WORKER = "airflow worker -- LocalExecutor"  # how LocalExecutor names its workers; what one works on follows
ALERTS = "toban_handle_alerts"
STATE = text("""
with last_runs as (
    select start_date, end_date from dag_run where dag_id = :alerts order by id desc limit 5
)
select
    (select extract(epoch from now() - max(latest_heartbeat)) from job
     where job_type = 'SchedulerJob' and state = 'running') as silent_s,
    (select extract(epoch from now() - greatest(max(start_date), max(end_date))) from last_runs
     where exists (select from dag where dag_id = :alerts and not is_paused and not is_stale)) as still_s,
    (select count(*) from task_instance where state in ('queued', 'running')) as busy
""")
QUEUED = text("""
select cast(id as varchar) as id, extract(epoch from now() - queued_dttm) as seconds
from task_instance where state = 'queued' and queued_dttm is not null
""")


@dataclass(frozen=True)
class Sight:
    """Seconds are counted by the database's clock, in which Airflow writes; None: there is nothing to count.

    ``silent_s`` since the scheduler's last heartbeat; ``still_s`` since an alert pass began or ended, while
    its DAG is unpaused; ``busy`` tasks that hold a slot; ``queued`` seconds by task, for those handed to the
    executor and not begun; ``workers`` the names of the worker processes.
    """

    silent_s: float | None
    still_s: float | None
    busy: int
    queued: Mapping[str, float]
    workers: tuple[str, ...]


def look(engine: Engine, scheduler: psutil.Process) -> Sight:
    """Raises SQLAlchemyError where the database does not answer, psutil.NoSuchProcess when it has ended."""
    with engine.connect() as connection:
        state = connection.execute(STATE, {"alerts": ALERTS}).one()
        queued = {row.id: float(row.seconds) for row in connection.execute(QUEUED)}
    return Sight(
        silent_s=_seconds(state.silent_s),
        still_s=_seconds(state.still_s),
        busy=state.busy,
        queued=queued,
        workers=tuple(_worker_names(scheduler)),
    )


def _seconds(value: object) -> float | None:
    return None if value is None else float(str(value))


def _worker_names(scheduler: psutil.Process) -> list[str]:
    names = [_name(child) for child in scheduler.children(recursive=True)]
    return [name for name in names if name.startswith(WORKER)]


def _name(process: psutil.Process) -> str:
    """Empty for one that has ended, also while its parent has not noticed yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
