"""One question asked in every way there is: page, command, console, report, and PagerDuty's analytics."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from history_warehouse import DAYS, SEED
from insights_app import HOST
from insights_warehouse import desk_of, visit
from shared_data import shared_path
from syncing import NOW, Account, account
from toban.cli import main
from toban.clients.console.console import Console
from toban.clients.console.schema import examples
from toban.clients.warehouse import Choice, Warehouse
from toban.domain.local_time import midnight
from toban.jobs.weekly_report import WeeklyReport, weekly_report
from toban.locale import language
from toban.sandbox.history import generate_history
from toban.settings import parse_settings
from toban.web.insights import console, definitions, overview
from toban.web.insights.desk import Desk
from toban.web.insights.pagerduty_analytics import differences, equals

pytestmark = pytest.mark.slow

WEEK = date(2026, 11, 9)
SAY = language("en")
TIMES = ("mtta_mean_s", "mtta_p50_s", "mtta_p90_s", "mttr_mean_s", "mttr_p50_s", "mttr_p90_s")
FIGURES = ("incidents", "acknowledged", "resolved", *TIMES)
KEYS = {"range_start", "service_id", "service_name", "team_id", "team_name"}  # of a row: no figures


@dataclass(frozen=True)
class Company:
    """The account, and the warehouse it was synced to."""

    served: Account
    folder: Path

    @property
    def services(self) -> list[str]:
        return [one["id"] for one in self.served.world.directory.all("services")]

    def desk(self, services: list[str]) -> Desk:
        """Pages whose settings know one team, which has these services."""
        team = {
            "id": "ours",
            "name": "Ours",
            "time_zone": "UTC",
            "announce_channel": "#ops",
            "schedules": ["D1"],
        }
        settings = {
            "fallback_channel": "#ops",
            "slack": {"trial_channel": "#trial"},
            "warehouse": {"directory": str(self.folder)},
            "teams": [team | {"services": services}],
        }
        return desk_of(parse_settings(settings), NOW)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder = tmp_path_factory.mktemp("warehouse")
    with account(generate_history(SEED, NOW, days=DAYS)) as served:
        served.sync(folder, since=NOW - timedelta(days=DAYS + 1))
        yield Company(served, folder)


@pytest.fixture(scope="module", params=["all services", "one service"])
def services(request: pytest.FixtureRequest, company: Company) -> list[str]:
    return company.services if request.param == "all services" else company.services[:1]


def report(company: Company, services: list[str]) -> WeeklyReport:
    desk = company.desk(services)
    with desk.snapshots.read() as snapshot:
        return weekly_report(
            desk.settings.teams[0],
            settings=desk.settings,
            snapshot=snapshot,
            week=WEEK,
            now=NOW,
            action="preview",
        )


def by_report(company: Company, services: list[str]) -> dict[str, Any]:
    told = report(company, services).report
    week, calls = told.week, told.calls
    spreads = {"mtta": week.acknowledge, "mttr": week.resolve}
    return {
        "incidents": week.incidents,
        "acknowledged": week.acknowledge.n,
        "resolved": week.resolve.n,
        **{f"{key}_mean_s": spread.mean_s for key, spread in spreads.items()},
        **{f"{key}_p50_s": spread.median_s for key, spread in spreads.items()},
        **{f"{key}_p90_s": spread.p90_s for key, spread in spreads.items()},
        "business_hour_interruptions": calls.business,
        "off_hour_interruptions": calls.off_hours,
        "sleep_hour_interruptions": calls.sleep,
    }


def address(services: list[str]) -> str:
    chosen = "".join(f"&service={each}" for each in services)
    return f"since={WEEK}&until={WEEK + timedelta(days=6)}&tz=UTC{chosen}"


def by_command(company: Company, services: list[str]) -> dict[str, Any]:
    only = [part for each in services for part in ("--only", f"service_id={each}")]
    days = ["--since", str(WEEK), "--until", str(WEEK + timedelta(days=6)), "--timezone", "UTC"]
    command = ["metrics", "--by", "week", *days, *only, "--format", "json", "--warehouse"]
    (row,) = json.loads(CliRunner().invoke(main, [*command, str(company.folder)]).stdout)
    return row


def by_page(company: Company, services: list[str]) -> dict[str, Any]:
    with visit((overview.section(company.desk(services)),)) as client:
        text = client.get(f"/trend.csv?by=week&{address(services)}").text
    (row,) = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    return {name: json.loads(value) for name, value in row.items() if name != "bucket"}


def asked(company: Company, sql: str) -> list[dict[str, Any]]:
    """Through the console, as the page asks."""
    section = console.section(company.desk(company.services), Console(company.folder))
    with visit((section,), origin=HOST) as client:
        answer = client.post("/console/run", json={"sql": sql}).json()
    names = [column["name"] for column in answer["columns"]]
    return [dict(zip(names, row, strict=True)) for row in answer["rows"]]


def test_page_command_and_report_give_the_same_figures(company: Company, services: list[str]) -> None:
    told, printed, shown = (way(company, services) for way in (by_report, by_command, by_page))
    assert told["incidents"] > 1
    assert {name: printed[name] for name in FIGURES} == {name: told[name] for name in FIGURES}
    assert {name: shown[name] for name in told} == told


def test_cards_and_the_report_s_message_say_them_alike(company: Company, services: list[str]) -> None:
    figures, message = by_command(company, services), str(report(company, services).message.blocks)
    with visit((overview.section(company.desk(services)),)) as client:
        page = client.get(f"/?lang=en&{address(services)}").text
    assert f">{SAY.duration(figures['mtta_mean_s'])}</a>" in page
    for name in ("mtta_p50_s", "mttr_p50_s"):
        assert f"median {SAY.duration(figures[name])}" in page
        assert SAY.duration(figures[name]) in message


def test_a_view_of_the_console_gives_the_same_figures(company: Company) -> None:
    service = company.services[0]
    sql = f"from service_weekly where service_id = '{service}' and week = date '{WEEK}'"
    (row,) = asked(company, sql)
    assert {name: row[name] for name in FIGURES} == {
        name: value for name, value in by_report(company, [service]).items() if name in FIGURES
    }


def test_the_first_example_of_the_console_gives_the_same_figures(company: Company) -> None:
    (sql,) = (each["sql"] for each in examples("en") if each["name"] == "weekly_trend")
    (row,) = (row for row in asked(company, sql) if row["week"] == str(WEEK))
    told = by_report(company, company.services)
    assert [row[name] for name in ("incidents", "acknowledged", "mtta_p50_s", "mttr_p50_s")] == [
        told[name] for name in ("incidents", "acknowledged", "mtta_p50_s", "mttr_p50_s")
    ]


def analytics(company: Company, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What PagerDuty's own endpoint says."""
    answer = company.served.pagerduty().post("analytics/metrics/incidents/all", body, repeatable=True)
    data: list[dict[str, Any]] = answer["data"]
    return data


def ours(company: Company, choice: Choice, unit: str | None) -> dict[date | None, dict[str, Any]]:
    """The figures that are said to equal PagerDuty's, by the SQL that the definitions page shows."""
    bucket = f"cast(date_trunc('{unit}', began) as date)" if unit else "null"
    figures = ", ".join(f"{expression} as {field}" for field, expression in equals().items())
    sql = f"""
        select {bucket} as bucket, {figures}
        from (select *, created_at at time zone $zone as began from incident_facts where history_complete)
        where cast(began as date) between $since and $until and {choice.condition()}
        group by bucket
    """
    values = {"zone": choice.time_zone, "since": choice.since, "until": choice.until} | dict(choice.only)
    with Warehouse(company.folder).read() as snapshot:
        return {row.pop("bucket"): row for row in snapshot.rows(sql, values)}


SINCE, UNTIL = date(2026, 9, 10), date(2026, 11, 19)
# PagerDuty's filters, and the same by Toban's names; a number stands for the id of the service or policy.
FILTERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "none": ({}, {}),
    "high urgency": ({"urgency": "high"}, {"urgency": ["high"]}),
    "low urgency": ({"urgency": "low"}, {"urgency": ["low"]}),
    "two services": ({"service_ids": [0, 3]}, {"service_id": [0, 3]}),
    "a policy": ({"escalation_policy_ids": [1]}, {"policy_id": [1]}),
    "a priority": ({"priority_names": ["P1"]}, {"priority": ["P1"]}),
}


def with_ids(company: Company, filters: dict[str, Any]) -> dict[str, Any]:
    directory = company.served.world.directory
    found = dict(filters)
    for name, values in filters.items():
        if isinstance(values[0], int):
            rows = directory.all("services" if "service" in name else "escalation_policies")
            found[name] = [rows[number]["id"] for number in values]
    return found


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize(
    ("unit", "zone"), [(None, "UTC"), ("week", "Asia/Tokyo"), ("month", "Europe/Berlin")]
)
def test_figures_equal_those_of_pagerduty_s_analytics(
    company: Company, name: str, unit: str | None, zone: str
) -> None:
    theirs, only = (with_ids(company, filters) for filters in FILTERS[name])
    days = {
        "created_at_start": midnight(SINCE, ZoneInfo(zone)).isoformat(),
        "created_at_end": midnight(UNTIL + timedelta(days=1), ZoneInfo(zone)).isoformat(),
    }
    body = {"filters": days | theirs, "time_zone": zone} | ({"aggregate_unit": unit} if unit else {})
    rows = analytics(company, body)
    mine = ours(company, Choice(SINCE, UNTIL, zone, only=only), unit)
    assert sum(row["total_incident_count"] for row in rows) > 10
    assert len(rows) == len(mine)
    for row in rows:
        start = row.get("range_start")
        figures = mine[datetime.fromisoformat(start).date() if start else None]
        assert {field: rounded(figures[field], row[field]) for field in equals()} == {
            field: row[field] for field in equals()
        }


def rounded(ours: float | None, theirs: int | None) -> int | float | None:
    """PagerDuty's whole second where it is the nearest one, or one of two that are equally near."""
    if ours is None or theirs is None:
        return ours
    return theirs if abs(ours - theirs) <= 0.5 + 1e-6 else ours


def test_every_field_of_pagerduty_s_is_compared_or_named_as_different() -> None:
    text = shared_path("pagerduty/rest-openapiv3.json").read_text(encoding="utf-8")
    answer = json.loads(text)["paths"]["/analytics/metrics/incidents/all"]["post"]["responses"]["200"]
    row = answer["content"]["application/json"]["schema"]["allOf"][0]["properties"]["data"]["items"]
    named = [field for each in differences(SAY) for field in each.fields]
    assert sorted([*named, *equals(), *KEYS]) == sorted(row["properties"])


def test_every_field_that_the_sandbox_answers_is_compared_or_named(company: Company) -> None:
    named = {field for each in differences(SAY) for field in each.fields}
    (row,) = analytics(company, {"filters": {}})
    assert set(row) <= named | equals().keys() | KEYS


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_definitions_page_lists_what_differs_and_what_is_the_same(code: str) -> None:
    page = visit((definitions.section(),)).get(f"/definitions?lang={code}").text
    for each in differences(language(code)):
        assert each.title in page
        assert all(f"<code>{field}</code>" in page for field in each.fields)
    assert all(f"<code>{field}</code>" in page for field in equals())
