"""Looks at one scheduler, twice before it says that it is ill."""

import time
from collections.abc import Callable

import psutil
from sqlalchemy import create_engine, pool, text
from sqlalchemy.exc import SQLAlchemyError

from toban.watchdog.sight import Sight, look
from toban.watchdog.verdict import trouble

SURE_AFTER_S = 4.0  # what is seen in the middle of a change (a DAG just unpaused) is gone by then
CONNECT_S = 3
# What the next scheduler would do by itself, but only after the dead one's last heartbeat has grown old.
DECLARE_DEAD = text("update job set state = 'failed' where job_type = 'SchedulerJob' and state = 'running'")


class Watchdog:
    """Of the one scheduler that works with Airflow's database at that PostgreSQL URL."""

    def __init__(self, database_url: str, slots: int, sleep: Callable[[float], None] = time.sleep) -> None:
        patience = {"connect_timeout": CONNECT_S, "options": "-c statement_timeout=5s -c lock_timeout=5s"}
        self._engine = create_engine(database_url, poolclass=pool.NullPool, connect_args=patience)
        self._slots = slots
        self._sleep = sleep

    def trouble(self, scheduler: psutil.Process) -> str | None:
        """Why it must be started anew; None when it is well, starting or gone, or the database is."""
        try:
            if trouble(self._look(scheduler), self._slots) is None:
                return None
            self._sleep(SURE_AFTER_S)
            return trouble(self._look(scheduler), self._slots)
        except (SQLAlchemyError, psutil.NoSuchProcess):
            return None

    def declare_dead(self) -> None:
        """Its process has ended: what it was doing may be done again at once."""
        try:
            with self._engine.begin() as connection:
                connection.execute(DECLARE_DEAD)
        except SQLAlchemyError:
            return  # then Airflow finds it out by itself, later

    def _look(self, scheduler: psutil.Process) -> Sight:
        return look(self._engine, scheduler)
