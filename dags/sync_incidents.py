"""Every five minutes, what changed in PagerDuty goes into the warehouse."""

from datetime import timedelta

from airflow.sdk import Asset, CronTriggerTimetable, dag, task

from toban.scheduling import PATIENT, START, TAG

WAREHOUSE = Asset("toban_warehouse")


@dag(
    dag_id="toban_sync_incidents",
    schedule=CronTriggerTimetable("*/5 * * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=PATIENT | {"execution_timeout": timedelta(hours=2)},
    tags=[TAG, "sync"],
    doc_md="""### Pulls incidents, log entries, notes, alerts, the directory and shifts into DuckDB
**A red run** lost nothing: the next one continues from the last committed moment. The log's last line
says what was wrong in one sentence: PagerDuty out of reach, a token refused, or a data test that found
rows contradicting a rule (then nothing was published, and readers keep the last good snapshot).
Safe to run by hand at any time.""",
)
def sync_incidents_dag() -> None:
    """One task: pull, rebuild, check, publish."""

    @task(outlets=[WAREHOUSE], multiple_outputs=False)
    def sync_incidents() -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.sync_incidents()

    sync_incidents()


sync_incidents_dag()
