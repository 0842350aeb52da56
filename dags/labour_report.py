"""One DAG a team: on the first working day, the labour month before."""

from datetime import timedelta

from airflow.sdk import Param, dag, task
from airflow.timetables.events import EventsTimetable  # the SDK's of 3.3.2 cannot be serialized

from toban.scheduling import ACTIONS, PATIENT, START, TAG, labour_reports
from toban.settings import Team, load_settings, settings_path

WHEN = "First working day after the labour month, and four days more"


def labour_report_dag(team: Team) -> None:
    """Make the DAG of one team."""

    @dag(
        dag_id=f"toban_labour_report__{team.id}",
        schedule=EventsTimetable(labour_reports(team), description=WHEN),
        start_date=START,
        catchup=False,
        max_active_runs=1,
        default_args=PATIENT | {"execution_timeout": timedelta(minutes=10)},
        params={
            "action": Param("post", enum=ACTIONS, title="What to do"),
            "month": Param(
                None, type=["null", "string"], pattern=r"^[0-9]{4}-[0-9]{2}$", title="Such as 2026-11"
            ),
        },
        tags=[TAG, "labour", f"team:{team.id}"],
        doc_md=f"""### Reports the labour month of {team.name}
Writes the files, asks each person by direct message and tells the private channel. Running it twice says
everything once; `correct` edits the team's message, `preview` only counts. It names nobody here.
**A red run** means that the month is not yet whole in the warehouse, or that no private channel is set.""",
    )
    def report() -> None:
        @task(multiple_outputs=False)
        def labour_report(params: dict[str, str | None]) -> dict[str, object]:
            from toban.wiring import runs  # noqa: PLC0415 - clients are slow to import

            return runs.labour_report(team.id, params["action"] or "post", params["month"])

        labour_report()

    report()


for each in load_settings(settings_path()).teams:
    if each.labour.monthly_report:
        labour_report_dag(each)
