"""Incidents of a person: for those alone who may see persons, the same on every page and in downloads."""

import csv
import re
from collections.abc import Sequence
from html import unescape
from io import StringIO
from pathlib import Path

import httpx
import pytest

from insights_warehouse import desk, publish, visit
from toban.jobs.triage_alert import triage_alert
from toban.web.insights import incidents, oncall, overview, tables
from toban.web.insights.sections import Section
from warehouse_data import PEOPLE

DAYS = "since=2026-03-01&until=2026-03-22"
PLACE = {id_: place for place, (id_, _, _) in enumerate(PEOPLE)}


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Section]:
    directory: Path = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    here = desk(directory)
    listed = incidents.section(here, lambda _alert, _code: None, lambda _channel, _ts: "", triage_alert)
    return (overview.section(here), listed, *tables.sections(here), oncall.section(here))


@pytest.fixture(scope="module")
def lead(sections: Sequence[Section]) -> httpx.Client:
    return visit(sections, "lead")


def downloaded(client: httpx.Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(address).text.removeprefix("\ufeff"))))


def concerned(*persons: str) -> set[str]:
    """Incident n is assigned to person n and passed on to the next one, of three."""
    places = {PLACE[person] for person in persons}
    return {f"Q{n}" for n in range(40) if places & {n % 3, (n + 1) % 3}}


@pytest.mark.parametrize("persons", [("U1",), ("U2",), ("U3", "U1")])
def test_the_incidents_of_persons_are_those_they_were_assigned_to_or_acknowledged(
    lead: httpx.Client, persons: tuple[str, ...]
) -> None:
    query = DAYS + "".join(f"&responder={person}" for person in persons)
    rows = downloaded(lead, f"/incidents.csv?{query}")
    assert {row["incident_id"] for row in rows} == concerned(*persons)
    (shown,) = re.findall(r"<h2>(\d+) incidents</h2>", lead.get(f"/incidents?{query}").text)
    assert int(shown) == len(rows)
    services = downloaded(lead, f"/services.csv?{query}")
    trend = downloaded(lead, f"/trend.csv?{query}")
    hours = downloaded(lead, f"/hours.csv?{query}")
    for counted in (services, trend, hours):
        assert sum(int(row["incidents"]) for row in counted) == len(rows)
    assert {row["id"] for row in downloaded(lead, f"/responders.csv?{query}")} == set(persons)


def test_another_filter_narrows_down_further(lead: httpx.Client) -> None:
    rows = downloaded(lead, f"/incidents.csv?{DAYS}&responder=U1&service=S2")
    assert {row["incident_id"] for row in rows} == {id_ for id_ in concerned("U1") if int(id_[1:]) % 2}
    assert downloaded(lead, f"/incidents.csv?{DAYS}&responder=nobody") == []


@pytest.mark.parametrize(
    "path",
    ["/", "/trend.csv", "/trend.png", "/hours.csv", "/hours.png", "/incidents", "/incidents.csv",
     "/incidents.png", "/incidents/Q1", "/services", "/services.csv", "/services.png", "/teams", "/policies",
     "/on-call"],
)  # fmt: skip
def test_nobody_else_may_ask_whose_an_incident_was(sections: Sequence[Section], path: str) -> None:
    assert visit(sections).get(f"{path}?responder=U1").status_code == 403
    assert visit(sections).get(f"{path}?responder=").status_code == 200
    assert visit(sections, "lead").get(f"{path}?responder=U1").status_code == 200


def test_persons_are_offered_to_those_alone_who_may_see_them(
    sections: Sequence[Section], lead: httpx.Client
) -> None:
    offered = re.findall(
        r'name="responder" value="(\w+)"( checked)?><span>(\w+)</span>', lead.get("/?responder=U2").text
    )
    assert offered == [("U1", "", "Aiko"), ("U2", " checked", "Ben"), ("U3", "", "Cai")]
    assert 'name="responder"' not in visit(sections).get("/").text


def test_the_filter_goes_along_and_can_be_taken_away(lead: httpx.Client) -> None:
    page = unescape(lead.get(f"/?{DAYS}&responder=U1").text)
    assert f'href="/incidents?{DAYS}&responder=U1&only=escalated"' in page
    assert f'<a class="button bare" href="/?{DAYS}">Clear</a>' in page


def test_a_person_s_name_leads_to_the_incidents(lead: httpx.Client) -> None:
    page = unescape(lead.get(f"/responders?{DAYS}").text)
    assert f'<a href="/incidents?{DAYS}&responder=U1">Aiko</a>' in page
