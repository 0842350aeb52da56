"""Waking the alert DAG from inside Airflow's API server, in its own database: 14-18 ms, no login."""

import logging
import time
from datetime import UTC, datetime

from airflow.api.common.trigger_dag import trigger_dag
from airflow.exceptions import DagNotFound, DagRunAlreadyExists
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from toban.web.waking import Look, wake_through

log = logging.getLogger(__name__)
USER = "toban-receivers"  # stands beside the run in Airflow's pages


class OwnRuns:
    """The DAG's runs, as Airflow's database has them."""

    def __init__(self, dag_id: str) -> None:
        self._dag_id = dag_id

    def look(self) -> Look:
        """One question, answered from the index that Airflow keeps of queued runs."""
        waits = exists().where(
            DagRun.dag_id == self._dag_id,
            DagRun.state == DagRunState.QUEUED,
            DagRun.run_after <= datetime.now(UTC),  # one that somebody put off begins too late
        )
        asked = select(DagModel.is_paused, DagModel.is_stale, DagModel.has_import_errors, waits)
        with create_session() as session:
            found = session.execute(asked.where(DagModel.dag_id == self._dag_id)).one_or_none()
        if found is None or any(found[:-1]):
            return "unfit"
        return "queued" if found[-1] else "none"

    def create(self, run_id: str) -> bool:
        """Queue a run, committed when this returns; False where one of that id exists."""
        try:
            trigger_dag(
                self._dag_id,
                run_id=run_id,
                triggered_by=DagRunTriggeredByType.REST_API,
                triggering_user_name=USER,
            )
        except (DagRunAlreadyExists, IntegrityError):  # the latter where two make it in the same moment
            return False
        return True


def wake(dag_id: str) -> bool:
    """Whether a run of that DAG is queued now, made by this call where there was none."""
    try:
        return wake_through(OwnRuns(dag_id), time.time)
    except (SQLAlchemyError, DagNotFound) as error:
        log.warning(
            "no run of %s could be queued (%s); the sender will try again", dag_id, type(error).__name__
        )
        return False
