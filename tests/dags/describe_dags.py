"""Run in a process of its own: reads the DAG files as Airflow does and prints what it found, as JSON."""

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import pendulum
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DataInterval, TimeRestriction, Timetable

RUNS = 400


def runs_after(timetable: Timetable, moment: datetime) -> list[str]:
    found: list[str] = []
    last: DataInterval | None = None
    restriction = TimeRestriction(earliest=moment, latest=None, catchup=True)  # type: ignore[arg-type]
    while len(found) < RUNS:
        info = timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
        if info is None:
            break
        found.append(info.run_after.isoformat())
        last = info.data_interval
    return found


def describe(dag: Any, since: datetime) -> dict[str, Any]:
    core = DagSerialization.from_dict(DagSerialization.to_dict(dag))
    return {
        "tags": sorted(dag.tags),
        "doc": dag.doc_md or "",
        "max_active_runs": dag.max_active_runs,
        "catchup": dag.catchup,
        "tells_failure": all(task.on_failure_callback for task in dag.tasks),
        "params": sorted(dag.params),
        "tasks": {
            t.task_id: {"retries": t.retries, "timeout": t.execution_timeout / timedelta(seconds=1)}
            for t in dag.tasks
        },
        "runs": runs_after(core.timetable, since) if dag.schedule else [],
    }


def main() -> None:
    bag = DagBag(sys.argv[1])
    since = pendulum.parse(sys.argv[2])
    json.dump(
        {
            "errors": dict(bag.import_errors.items()),
            "dags": {dag_id: describe(dag, since) for dag_id, dag in bag.dags.items()},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
