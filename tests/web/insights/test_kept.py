"""A report that was worked out is shown again, until a new snapshot or a new day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from insights_warehouse import NOW, publish, settings
from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.health.report import HealthReport
from toban.jobs.health_report import health_report
from toban.settings import Team
from toban.web.insights.kept import MOST, kept

WEEK = date(2026, 3, 9)
Show = Callable[..., HealthReport]


@pytest.fixture
def worked_out() -> list[date]:
    return []


@pytest.fixture
def show(tmp_path: Path, worked_out: list[date]) -> Show:
    publish(tmp_path)
    configured = settings(tmp_path)

    def measure(team: Team, snapshot: Snapshot, week: date, now: datetime) -> HealthReport:
        worked_out.append(week)
        return health_report(team, settings=configured, restricted=snapshot, week=week, now=now)

    reports = kept(measure)

    def look(week: date = WEEK, now: datetime = NOW) -> HealthReport:
        with Warehouse(tmp_path).read(restricted=True) as snapshot:
            return reports(configured.teams[0], snapshot, week, now)

    return look


def test_a_week_looked_at_again_is_not_worked_out_again(show: Show, worked_out: list[date]) -> None:
    assert show() is show(now=NOW + timedelta(minutes=5))
    assert worked_out == [WEEK]


def test_another_week_and_another_day_are_reports_of_their_own(show: Show, worked_out: list[date]) -> None:
    earlier = WEEK - timedelta(weeks=1)
    assert [show(each).week.start for each in (WEEK, earlier, WEEK)] == [WEEK, earlier, WEEK]
    show(now=NOW + timedelta(days=1))
    assert worked_out == [WEEK, earlier, WEEK]


def test_a_new_snapshot_shows_what_is_new(show: Show, worked_out: list[date], tmp_path: Path) -> None:
    before = show()
    with Warehouse(tmp_path).write() as writer:
        writer.merge("users", [{"id": "U1", "name": "Aiko Sato"}])
        writer.rebuild_models()
        writer.publish()
    assert before.names["U1"] == "Aiko"
    assert show().names["U1"] == "Aiko Sato"
    assert worked_out == [WEEK, WEEK]


def test_the_longest_unused_report_is_forgotten(show: Show, worked_out: list[date]) -> None:
    show()
    for week in range(1, MOST + 1):
        show(WEEK - timedelta(weeks=week))
    show(WEEK - timedelta(weeks=MOST))
    assert len(worked_out) == MOST + 1
    show()
    assert len(worked_out) == MOST + 2
