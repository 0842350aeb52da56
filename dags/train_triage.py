"""Sunday night: triage learns from what became of past incidents."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from toban.scheduling import PATIENT, START, TAG


@dag(
    dag_id="toban_train_triage",
    schedule=CronTriggerTimetable("30 18 * * 0", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=PATIENT | {"execution_timeout": timedelta(minutes=15)},
    tags=[TAG, "triage"],
    doc_md="""### Trains the model that says whether an alert ends by itself
Learns from the warehouse, compares with the model that serves on newer incidents than either was trained on,
and keeps the better one; the task's return value says which and why. **A red run** changes nothing: the model
before serves for three weeks, and after that every alert needs a person.""",
)
def train_triage_dag() -> None:
    """One task for all teams."""

    @task(multiple_outputs=False)
    def train_triage() -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.train_triage()

    train_triage()


train_triage_dag()
