"""A figure of the weekly report leads to a page that shows the same figure."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from insights_warehouse import desk_of, visit
from report_samples import MONDAY, NOW
from report_warehouse import fill, settings
from toban.clients.warehouse import Warehouse
from toban.domain.preview import preview
from toban.jobs.triage_alert import triage_alert
from toban.jobs.weekly_report import weekly_report
from toban.locale import language
from toban.web.insights import incidents, overview

pytestmark = pytest.mark.slow

AIRFLOW = "https://airflow.example.com"
SAY = language("en")
LINK = re.compile(r"<(https://airflow[^|>]+)\|([^>]+)>")


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    made = tmp_path_factory.mktemp("warehouse")
    with Warehouse(made).write() as writer:
        fill(writer)
    return made


def configured(directory, url=AIRFLOW):
    made = settings()
    return made.model_copy(
        update={
            "warehouse": made.warehouse.model_copy(update={"directory": directory}),
            "reporting": made.reporting.model_copy(update={"airflow_url": url}),
        }
    )


def made_of(directory, url=AIRFLOW):
    every = configured(directory, url)
    with Warehouse(directory).read() as snapshot:
        return weekly_report(
            every.team("pay"), settings=every, snapshot=snapshot, week=MONDAY, now=NOW, action="preview"
        )


@pytest.fixture(scope="module")
def report(directory):
    return made_of(directory)


@pytest.fixture(scope="module")
def pages(directory):
    desk = desk_of(configured(directory), NOW)
    sections = (
        overview.section(desk),
        incidents.section(desk, lambda *_: None, lambda *_: "", triage_alert),
    )
    with visit(sections) as client:
        yield client


def links(report):
    """(path and query of a page, the figure that leads there), of every message."""
    messages = [report.message, *report.thread]
    found = [pair for message in messages for pair in LINK.findall(preview(message))]
    return [(html.unescape(url).removeprefix(f"{AIRFLOW}/plugin/toban/toban"), text) for url, text in found]


def test_every_link_s_page_shows_the_figure_that_leads_there(report, pages):
    found = links(report)
    assert len(found) > 12
    for address, figure in found:
        answer = pages.get(address)
        page = html.unescape(re.sub(r"<[^>]+>", "", answer.text))
        assert answer.status_code == 200
        if urlsplit(address).path == "/incidents":
            assert re.search(r"<h2>(\d+) incidents?</h2>", answer.text)[1] == figure
        else:
            assert figure in page


def test_the_cards_behind_the_links_are_the_report_s(report, pages):
    (address, *_) = (address for address, _ in links(report) if urlsplit(address).path == "/")
    page = html.unescape(pages.get(address).text)
    week, calls = report.report.week, report.report.calls
    assert f"median {SAY.duration(week.acknowledge.median_s)}" in page
    assert f"median {SAY.duration(week.resolve.median_s)}" in page
    told = f"{calls.business} in business hours, {calls.off_hours} in free time, {calls.sleep} in sleep"
    assert told in page


def test_links_name_the_week_the_clock_and_the_team(report):
    (address, figure), *_ = links(report)
    days = f"since={MONDAY}&until={MONDAY + timedelta(days=6)}"
    assert address == f"/incidents?{days}&tz=Asia/Tokyo&owner=pay"
    assert figure == str(report.report.week.incidents)


def test_a_service_leads_to_its_own_incidents(report):
    assert [address.rpartition("&")[2] for address, _ in links(report) if "service=" in address] == [
        "service=S1", "service=S3",
    ] * 2  # fmt: skip


def test_the_list_shows_only_what_the_team_answers_for(pages):
    week = f"since={MONDAY}&until={MONDAY + timedelta(days=6)}&tz=Asia/Tokyo"
    counts = {}
    for query in ("", "&owner=pay", "&owner=web"):
        page = pages.get(f"/incidents?{week}{query}").text
        counts[query] = int(re.search(r"<h2>(\d+) incidents?</h2>", page)[1])
    assert counts == {"": 14, "&owner=pay": 9, "&owner=web": 5}


def test_a_team_that_is_not_in_the_settings_is_refused(pages):
    assert pages.get("/incidents?owner=shop").status_code == 400


def test_without_airflow_s_address_the_messages_say_the_same_and_lead_nowhere(directory, report):
    plain = made_of(directory, url=None)
    assert links(plain) == []
    for with_links, without in zip(
        (report.message, *report.thread), (plain.message, *plain.thread), strict=True
    ):
        assert LINK.sub(r"\2", preview(with_links)) == preview(without)
        assert LINK.sub(r"\2", with_links.text) == without.text


def test_an_address_with_a_path_and_a_slash_leads_there(directory):
    urls = LINK.findall(preview(made_of(directory, url=f"{AIRFLOW}/prod/").message))
    assert urls[0][0].startswith(f"{AIRFLOW}/prod/plugin/toban/toban/incidents?since=2026-11-16&amp;until=")
