"""Every five minutes: did someone take over a shift since the announcement?"""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from toban.scheduling import BRIEF, START, TAG


@dag(
    dag_id="toban_watch_takeovers",
    schedule=CronTriggerTimetable("*/5 * * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=BRIEF | {"execution_timeout": timedelta(minutes=4)},
    tags=[TAG, "announce"],
    doc_md="""### Says a takeover in the middle of the day in the announcement's thread
Compares who is on duty now with what was announced today. **A red run** may have left
something out; the next one, five minutes later, is the retry.""",
)
def watch_takeovers_dag() -> None:
    """One task for all teams."""

    @task(multiple_outputs=False)
    def watch_takeovers() -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.watch_takeovers()

    watch_takeovers()


watch_takeovers_dag()
