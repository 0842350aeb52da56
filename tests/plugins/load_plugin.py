"""Run in a process of its own where Airflow is set up: loads plugins as Airflow does, wakes, prints JSON."""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow import plugins_manager, settings
from airflow.models.dag import DagModel
from airflow.models.dagbundle import DagBundleModel
from airflow.models.dagrun import DagRun
from airflow.models.serialized_dag import SerializedDagModel
from airflow.sdk import dag, task
from airflow.serialization.definitions.dag import SerializedDAG
from airflow.serialization.serialized_objects import LazyDeserializedDAG
from airflow.utils.db import initdb
from airflow.utils.state import DagRunState

DAG_ID = "toban_handle_alerts"
CLIENTS = ("pdpyras", "slack_sdk", "sqlalchemy", "duckdb", "toban.wiring.runs")


@dag(dag_id=DAG_ID, schedule=None)
def alerts() -> None:
    @task
    def nothing() -> None:
        return None

    nothing()


def store_dag() -> None:
    """As the DAG processor does."""
    made = LazyDeserializedDAG.from_dag(alerts())
    with settings.Session() as session:
        session.add(DagBundleModel(name="here"))
        session.flush()
        SerializedDAG.bulk_write_to_db("here", None, [made], session=session)
        SerializedDagModel.write_dag(made, bundle_name="here", session=session)
        session.commit()


def change(model: Any, **values: Any) -> None:
    with settings.Session() as session:
        for row in session.query(model).filter_by(dag_id=DAG_ID):
            for name, value in values.items():
                setattr(row, name, value)
        session.commit()


def run_ids() -> list[str]:
    with settings.Session() as session:
        return [run_id for (run_id,) in session.query(DagRun.run_id).order_by(DagRun.id)]


def wakes() -> dict[str, Any]:
    from toban.wiring.wake import OwnRuns, wake  # noqa: PLC0415 - once the plugin has been looked at

    told: dict[str, Any] = {"unknown": wake("toban_elsewhere")}
    store_dag()
    change(DagModel, is_paused=True)
    told["paused"] = [wake(DAG_ID), run_ids()]
    change(DagModel, is_paused=False)
    told["twice"] = [wake(DAG_ID), wake(DAG_ID), len(run_ids())]
    told["taken"] = OwnRuns(DAG_ID).create(run_ids()[0])
    change(DagRun, state=DagRunState.RUNNING)
    told["running"] = [wake(DAG_ID), len(run_ids())]
    change(DagRun, run_after=datetime.now(UTC) + timedelta(hours=1))
    told["put_off"] = [wake(DAG_ID), len(run_ids())]
    change(DagModel, has_import_errors=True)
    told["broken"] = wake(DAG_ID)
    told["ids"] = run_ids()
    return told


def main() -> None:
    apps, _ = plugins_manager.get_fastapi_plugins()
    plugins, _ = plugins_manager._get_plugins()
    told: dict[str, Any] = {
        "errors": dict(plugins_manager.get_import_errors()),
        "apps": [[app["name"], app["url_prefix"]] for app in apps],
        "views": [view for each in plugins for view in each.external_views],
        "paths": [getattr(route, "path", "") for app in apps for route in app["app"].routes],
        "imported": [name for name in CLIENTS if name in sys.modules],
    }
    if "--wake" in sys.argv:
        initdb()
        told["wakes"] = wakes()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
