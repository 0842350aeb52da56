"""Each minute, and woken by the receiver in between: whoever is on duty is called for what fires."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, DeadlineAlert, DeadlineReference, SyncCallback, dag, task

from toban.scheduling import BRIEF, START, TAG, tell_stillness

# A pass ends within half a minute; one that was queued two minutes ago and has not ended hangs.
PASSES_STOPPED = DeadlineAlert(
    reference=DeadlineReference.DAGRUN_QUEUED_AT,
    interval=timedelta(minutes=2),
    callback=SyncCallback(tell_stillness),
)


@dag(
    dag_id="toban_handle_alerts",
    schedule=CronTriggerTimetable("* * * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=BRIEF | {"execution_timeout": timedelta(seconds=50), "priority_weight": 1_000},
    deadline=PASSES_STOPPED,
    tags=[TAG, "alerts"],
    doc_md="""### Calls whoever is on duty: mention, reminders, escalation, runbook, one thread an incident
Asks PagerDuty what is so *now*, and the ledger what was said; does what is missing. **A red run** lost
nothing: the next one, a minute later at most, does what it left. Its log's last line says what was wrong.
Safe to run by hand at any time, also twice.""",
)
def handle_alerts_dag() -> None:
    """One task, which speaks: a mention waits for nothing else."""

    @task(multiple_outputs=False)
    def handle_alerts() -> dict[str, object]:
        from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

        return runs.handle_alerts()

    handle_alerts()


handle_alerts_dag()
