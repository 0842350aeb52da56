"""What all DAGs share. Light on purpose: Airflow parses every DAG file again and again."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from toban.settings import Team

START = datetime(2026, 1, 1, tzinfo=UTC)  # any past day: without one Airflow waits for a first interval
TAG = "toban"
REPEATS = 4  # of a labour report: as many days as a long weekend without Airflow
ACTIONS = ["post", "preview", "correct"]


def cron(at: time, weekdays: tuple[str, ...] = ()) -> str:
    """The cron line for a local clock time on some weekdays (none given: every day)."""
    return f"{at.minute} {at.hour} * * {','.join(weekdays) if 0 < len(weekdays) < 7 else '*'}"


def labour_reports(team: Team) -> list[datetime]:
    """When the labour months of last year, this one and the next are reported, on the team's clock.

    Again on the days after it: Airflow forgets an event that passes while it is down, and to report twice
    says everything once.
    """
    from toban.wiring.labour_days import report_days  # noqa: PLC0415 - the holidays of all countries

    year = datetime.now(UTC).year  # so the list, and with it the DAG, is another once a year
    days = report_days(team, range(year - 1, year + 2))
    again = (day + timedelta(days=n) for day in days for n in range(1 + REPEATS))
    return [datetime.combine(day, team.labour.report_at, team.zone) for day in again]


def tell_failure(context: Mapping[str, Any]) -> None:
    """Airflow's failure callback: one sentence into the fallback channel, with the way to the log."""
    from toban.wiring.failure import report_failure  # noqa: PLC0415 - clients are slow to import

    report_failure(context)


def tell_stillness(context: Mapping[str, Any]) -> None:
    """Airflow's deadline callback: alert passes have stopped or hang, said once an hour."""
    from toban.wiring.deadline import report_stillness  # noqa: PLC0415 - clients are slow to import

    report_stillness(context)


# A task that fails is tried again in a minute; what it had committed stays. Then the failure is said.
PATIENT = {
    "owner": "toban",
    "retries": 3,
    "retry_delay": timedelta(minutes=1),
    "on_failure_callback": tell_failure,
}
# For what comes again within minutes: the next run is the retry.
BRIEF = PATIENT | {"retries": 0}
