"""One DAG a team: Monday morning, how the week went."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from toban.scheduling import ACTIONS, PATIENT, START, TAG, cron
from toban.settings import Team, load_settings, settings_path


def weekly_report_dag(team: Team) -> None:
    """Make the DAG of one team."""

    @dag(
        dag_id=f"toban_weekly_report__{team.id}",
        schedule=CronTriggerTimetable(cron(team.report_at, (team.report_weekday,)), timezone=team.time_zone),
        start_date=START,
        catchup=False,
        max_active_runs=1,
        default_args=PATIENT | {"execution_timeout": timedelta(minutes=10)},
        params={
            "action": Param("post", enum=ACTIONS, title="What to do"),
            "week": Param(None, type=["null", "string"], format="date", title="A day of the week to report"),
        },
        tags=[TAG, "report", f"team:{team.id}"],
        doc_md=f"""### Reports last week of {team.name} to Slack
Reads the published snapshot; says so when its data is old. Running it twice posts once; `correct` edits,
`preview` only logs. Then on-call health: sums in the thread, persons in `teams.health.channel`. **A red run**
before anything was published means the first sync has not ended; `health_report` alone, that all read it.""",
    )
    def report() -> None:
        @task(multiple_outputs=False)
        def weekly_report(params: dict[str, str | None]) -> dict[str, object]:
            from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

            return runs.weekly_report(team.id, params["action"] or "post", params["week"])

        @task(multiple_outputs=False)
        def health_report(params: dict[str, str | None]) -> dict[str, object]:
            from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

            return runs.health_report(team.id, params["action"] or "post", params["week"])

        weekly_report() >> health_report()

    report()


for each in load_settings(settings_path()).teams:
    weekly_report_dag(each)
