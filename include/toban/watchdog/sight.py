"""What can be seen of a scheduler from outside."""

from collections.abc import Mapping
from dataclasses import dataclass

import psutil
from sqlalchemy import Engine, text

WORKER = "airflow worker -- LocalExecutor"  # how LocalExecutor names its workers; what one works on follows
ALERTS = "toban_handle_alerts"
STATE = text("""
with own_jobs as (
    select start_date, latest_heartbeat, state from job
    where job_type = 'SchedulerJob' and start_date >= to_timestamp(:since)
),
last_runs as (
    select start_date, end_date from dag_run where dag_id = :alerts order by id desc limit 5
)
select
    extract(epoch from now()) - :since as age_s,
    (select extract(epoch from now() - min(start_date)) from own_jobs) as registered_s,
    (select extract(epoch from now() - max(latest_heartbeat)) from own_jobs
     where state = 'running') as silent_s,
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

    ``age_s`` since the scheduler's process began, ``registered_s`` since it wrote its first heartbeat,
    ``silent_s`` since its last (None too when Airflow counts it as dead); ``still_s`` since an alert pass
    began or ended, while its DAG is unpaused; ``busy`` tasks that hold a slot; ``queued`` seconds by task,
    for those handed to the executor and not begun; ``workers`` the names of the worker processes.
    """

    age_s: float
    registered_s: float | None
    silent_s: float | None
    still_s: float | None
    busy: int
    queued: Mapping[str, float]
    workers: tuple[str, ...]


def look(engine: Engine, scheduler: psutil.Process) -> Sight:
    """Raises SQLAlchemyError where the database does not answer, psutil.NoSuchProcess when it has ended."""
    with engine.connect() as connection:
        state = connection.execute(STATE, {"alerts": ALERTS, "since": scheduler.create_time()}).one()
        queued = {row.id: float(row.seconds) for row in connection.execute(QUEUED)}
    return Sight(
        age_s=float(state.age_s),
        registered_s=_seconds(state.registered_s),
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
