"""One DAG a team: at its own local time, who is on duty is said in Slack."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from toban.scheduling import ACTIONS, PATIENT, START, TAG, cron
from toban.settings import Team, load_settings, settings_path


def announce_shifts_dag(team: Team) -> None:
    """Make the DAG of one team."""

    @dag(
        dag_id=f"toban_announce_shifts__{team.id}",
        schedule=CronTriggerTimetable(cron(team.announce_at, team.weekdays), timezone=team.time_zone),
        start_date=START,
        catchup=False,
        max_active_runs=1,
        default_args=PATIENT | {"execution_timeout": timedelta(minutes=5)},
        params={"action": Param("post", enum=ACTIONS, title="What to do")},
        tags=[TAG, "announce", f"team:{team.id}"],
        doc_md=f"""### Says who is on duty for {team.name}, {team.announce_at:%H:%M} {team.time_zone}
Asks PagerDuty who is on call *now*, so a late run is still right. Running it twice posts once; `correct`
edits the message, `preview` only logs it. **A red run** left something out: read the sentence at the
end of the log, mend it, clear the task.""",
    )
    def announcement() -> None:
        @task(multiple_outputs=False)
        def announce_shifts(params: dict[str, str]) -> dict[str, object]:
            from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

            return runs.announce_shifts(team.id, params["action"])

        announce_shifts()

    announcement()


for each in load_settings(settings_path()).teams:
    announce_shifts_dag(each)
