"""On-call health by person: for those alone who may see persons, the same figures as the report's."""

import csv
from datetime import date, datetime
from html import unescape
from io import StringIO
from pathlib import Path

import httpx
import pytest

from insights_warehouse import NOW, desk, publish, settings, visit
from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.health.report import HealthReport
from toban.domain.health.rows import COLUMNS, rows
from toban.jobs.health_report import health_report
from toban.settings import Team
from toban.web.insights import load

WEEK = date(2026, 3, 9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    return directory


def sections(folder: Path) -> tuple[load.Section, ...]:
    configured = settings(folder)

    def measure(team: Team, snapshot: Snapshot, week: date, now: datetime) -> HealthReport:
        return health_report(team, settings=configured, restricted=snapshot, week=week, now=now)

    return (load.section(desk(folder), measure),)


@pytest.fixture(scope="module")
def lead(folder: Path) -> httpx.Client:
    return visit(sections(folder), "lead")


def report(folder: Path) -> HealthReport:
    configured = settings(folder)
    with Warehouse(folder).read(restricted=True) as snapshot:
        return health_report(
            configured.teams[0], settings=configured, restricted=snapshot, week=WEEK, now=NOW
        )


def test_only_those_who_may_see_persons_are_let_in(folder: Path) -> None:
    viewer = visit(sections(folder))
    assert [viewer.get(path).status_code for path in ("/load", "/load.csv")] == [403, 403]


def test_the_page_shows_every_measure_with_its_limit_and_source(lead: httpx.Client, folder: Path) -> None:
    page = unescape(lead.get("/load", params={"week": "2026-W11"}).text)
    assert "Share of shifts with a night call" in page
    assert "Google SRE" in page
    for name in report(folder).names.values():
        assert name in page


def test_the_download_is_the_report(lead: httpx.Client, folder: Path) -> None:
    answer = lead.get("/load.csv", params={"week": "2026-W11", "of": "web"})
    heading, *lines = csv.reader(StringIO(answer.text.removeprefix("\ufeff")))
    assert heading == list(COLUMNS)
    assert [line[2] for line in lines] == [str(row[2]) for row in rows(report(folder))]
    assert len(lines) > 5


@pytest.mark.parametrize("asked", [{"of": "<b>x"}, {"week": "soon"}, {"week": "2026-W99"}])
def test_a_team_or_week_that_is_none_is_refused(lead: httpx.Client, asked: dict[str, str]) -> None:
    answer = lead.get("/load", params=asked)
    assert answer.status_code == 400
    assert "<b>x" not in answer.text


def test_the_page_exists_in_japanese(lead: httpx.Client) -> None:
    page = lead.get("/load", params={"lang": "ja"}).text
    assert "オンコールの負荷" in page
    assert "基準の根拠" in page


def test_weeks_and_people_are_downloaded_too(lead: httpx.Client, folder: Path) -> None:
    def downloaded(table: str) -> list[dict[str, str]]:
        text = lead.get("/load.csv", params={"week": "2026-W11", "of": "web", "table": table}).text
        return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))

    weeks, people, expected = downloaded("weeks"), downloaded("people"), report(folder)
    kinds = ("business_hours", "off_hours", "sleep_hours")
    assert [row["week"] for row in weeks] == [str(week.start) for week in expected.weeks]
    assert [sum(int(row[kind]) for kind in kinds) for row in weeks] == [
        week.load.total for week in expected.weeks
    ]
    assert [row["person"] for row in people] == sorted(expected.names.values())
    assert sum(int(row["calls"]) for row in people) == expected.week.load.total
    assert {name for name in people[0] if name.startswith("expected_")} == {
        f"expected_{week.start}" for week in expected.coming
    }
