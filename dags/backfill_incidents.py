"""By hand: a longer history from PagerDuty, from a day on."""

from datetime import timedelta

from airflow.sdk import Param, dag, task

from toban.scheduling import PATIENT, START, TAG


@dag(
    dag_id="toban_backfill_incidents",
    schedule=None,
    start_date=START,
    max_active_runs=1,
    default_args=PATIENT | {"execution_timeout": timedelta(hours=12)},
    params={"since": Param(type="string", format="date", title="First day to pull, UTC")},
    tags=[TAG, "sync"],
    doc_md="""### Pulls a longer history, month by month, and resumes where it stopped
Trigger it with the first day you want. It leaves 40 % of PagerDuty's rate limit to others. **A red run**
keeps every month it finished; trigger it again with the same day.""",
)
def backfill_incidents_dag() -> None:
    """One task: month by month, each committed."""

    @task(multiple_outputs=False)
    def backfill_incidents(params: dict[str, str]) -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.backfill_incidents(params["since"])

    backfill_incidents()


backfill_incidents_dag()
