"""Once a week, 30 days of incidents are compared with PagerDuty and mended where they differ."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from toban.scheduling import PATIENT, START, TAG


@dag(
    dag_id="toban_reconcile_incidents",
    schedule=CronTriggerTimetable("30 4 * * sun", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=PATIENT | {"execution_timeout": timedelta(hours=2)},
    tags=[TAG, "sync"],
    doc_md="""### Finds what log entries do not tell: edited titles and notes, entries that came very late
Compares the last 30 days incident by incident and fetches again what differs; also compares our numbers
with PagerDuty's own analytics where the account has them. **A red run** leaves the warehouse as it was.""",
)
def reconcile_incidents_dag() -> None:
    """One task: compare, refetch, publish."""

    @task(multiple_outputs=False)
    def reconcile_incidents() -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.reconcile_incidents()

    reconcile_incidents()


reconcile_incidents_dag()
