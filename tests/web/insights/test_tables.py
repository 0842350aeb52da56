"""The tables by service, team, policy and person: the models' figures, in any order, for those concerned."""

import csv
import re
from datetime import date
from html import unescape
from io import StringIO

import pytest

from insights_warehouse import desk, publish, visit
from toban.clients.warehouse import Warehouse, metrics
from toban.locale import language
from toban.web.insights import tables
from warehouse_data import NOON

ALL = "since=2026-03-01&until=2026-03-22"
PATHS = ["/services", "/teams", "/policies", "/responders"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    return directory


@pytest.fixture(scope="module")
def lead(folder):
    return visit(tables.sections(desk(folder)), "lead")


def downloaded(client, path, query=ALL):
    text = client.get(f"{path}.csv?{query}").text
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def names(client, address):
    page = client.get(address).text
    return [unescape(re.sub("<[^>]+>", "", name)) for name in re.findall(r'class="name">(.*?)</th>', page)]


@pytest.mark.parametrize(
    ("path", "group"), [("/services", "service"), ("/teams", "team"), ("/policies", "policy")]
)
def test_the_rows_are_those_of_toban_metrics(lead, folder, path, group):
    with desk(folder).snapshots.read() as snapshot:
        expected = metrics(snapshot, by=(group,), since=date(2026, 3, 1), until=date(2026, 3, 22))
    rows = {row["name"]: row for row in downloaded(lead, path)}
    assert len(rows) == len(expected)
    for row in expected:
        shown = rows[row.pop(group) or ""]
        assert {name: shown[name] for name in row} == {
            name: "" if value is None else str(value) for name, value in row.items()
        }


@pytest.mark.parametrize("path", PATHS)
def test_a_table_can_be_that_of_the_incidents_a_team_answers_for(lead, path):
    # The team has the policy E1 alone, and nobody else has anything.
    by_team, by_policy = (downloaded(lead, path, f"{ALL}&{only}") for only in ("owner=web", "policy=E1"))
    assert by_team == by_policy
    assert by_team
    assert lead.get(f"{path}?{ALL}&owner=web").status_code == 200


def test_a_week_s_responders_are_those_of_the_weekly_model(lead, folder):
    rows = {row["id"]: row for row in downloaded(lead, "/responders", "since=2026-03-09&until=2026-03-15")}
    with desk(folder).snapshots.read(restricted=True) as snapshot:
        expected = snapshot.rows("select * from responder_weekly where week = date '2026-03-09'")
    assert len(rows) == len(expected) == 3
    for row in expected:
        shown = rows[row["user_id"]]
        for name in set(row) - {"week", "user_id"}:
            assert shown[name] == ("" if row[name] is None else str(row[name])), name


def test_filters_narrow_the_rows(lead):
    assert names(lead, f"/services?{ALL}&service=S2") == ["mail"]
    assert len(downloaded(lead, "/responders", f"{ALL}&service=none")) == 0


def test_most_incidents_come_first_and_persons_by_name(lead):
    assert names(lead, f"/services?{ALL}") == ["shop", "mail"]
    assert names(lead, f"/responders?{ALL}") == ["Aiko", "Ben", "Cai"]


@pytest.mark.parametrize("path", PATHS)
def test_each_column_sorts_both_ways(lead, path):
    table = next(each for each in tables.TABLES if each.path == path)
    for column in table.columns(language("en")):
        page = lead.get(f"{path}?{ALL}&sort=-{column.key}").text
        assert page.count('aria-sort="descending"') == 1
        assert lead.get(f"{path}?{ALL}&sort={column.key}").text.count('aria-sort="ascending"') == 1


def test_what_has_no_value_comes_last_both_ways(lead):
    for sort in ("mtta_mean_s", "-mtta_mean_s"):
        assert names(lead, f"/policies?{ALL}&sort={sort}")[-1] == "none"  # the open one has no policy


def test_an_unknown_column_is_refused(lead):
    assert lead.get("/services?sort=password").status_code == 400


def test_figures_lead_to_their_incidents(lead):
    page = unescape(lead.get(f"/services?{ALL}").text)
    assert f'href="/incidents?{ALL}&only=escalated&service=S1"' in page


def test_responders_are_for_those_who_may_see_persons(folder):
    viewer = visit(tables.sections(desk(folder)))
    assert viewer.get("/responders").status_code == 403
    assert viewer.get("/responders.csv").status_code == 403
    assert viewer.get("/services").status_code == 200
    assert "/responders" not in viewer.get("/services").text


def test_an_alert_that_comes_back_within_the_hour_is_counted(tmp_path):
    def incident(n, minutes):
        begun = NOON.replace(minute=minutes)
        ended = {"status": "resolved", "updated_at": begun, "resolved_at": begun.replace(second=30)}
        return {"id": f"P{n}", "title": f"Disk {n}% full", "service_id": "S1", "created_at": begun} | ended

    with Warehouse(tmp_path).write() as writer:
        writer.merge("services", [{"id": "S1", "name": "shop"}])
        late = incident(4, 59) | {"created_at": NOON.replace(hour=18), "resolved_at": NOON.replace(hour=19)}
        writer.merge("incidents", [incident(1, 0), incident(2, 10), incident(3, 50), late])
        writer.rebuild_models()
        writer.publish()
    (row,) = downloaded(visit(tables.sections(desk(tmp_path))), "/services")
    assert (row["incidents"], row["came_back"], row["never_acknowledged"]) == ("4", "2", "4")


def test_a_column_s_definition_is_told_to_keyboard_and_screen_reader(lead):
    page = lead.get(f"/services?{ALL}").text
    described = re.findall(r'<a href="[^"]*" aria-describedby="about-(\w+)" data-tip="([^"]+)"', page)
    hidden = dict(re.findall(r'<p hidden id="about-(\w+)">([^<]+)</p>', page))
    assert len(described) >= 12
    assert dict(described) == hidden
    assert "title=" not in page.split("<thead>")[1].split("</thead>")[0]


def test_what_speaks_of_noise_has_columns(lead):
    (shop, _mail) = downloaded(lead, "/services")
    assert {"resolved_automatically", "never_acknowledged", "came_back", "reopened"} <= shop.keys()
