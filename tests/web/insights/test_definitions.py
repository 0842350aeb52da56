"""Each measure has one definition, in words and in the SQL that computes it."""

import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest

from insights_warehouse import desk, publish, visit
from toban.clients.insights.uptime import read_uptime
from toban.clients.warehouse import Choice, measured
from toban.clients.warehouse.definitions import FRAGMENTS, measure_sql
from toban.locale import language
from toban.web.insights import definitions


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    with desk(directory).snapshots.read() as opened:
        yield opened


def test_every_measure_is_defined_once():
    named = [name for each in definitions.definitions(language("en")).values() for name in each.measures]
    assert sorted(named) == sorted(measure_sql())


def test_the_sql_shown_is_the_sql_that_computes(snapshot):
    (figures,) = measured(snapshot, Choice(), measures=FRAGMENTS)
    shown = measure_sql()
    assert list(shown) == list(figures)
    columns = ", ".join(f"{expression} as {name}" for name, expression in shown.items())
    (computed,) = snapshot.rows(f"select {columns} from incident_facts where history_complete")
    assert computed == figures


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_shows_words_and_sql(lang):
    page = visit((definitions.section(),)).get(f"/definitions?lang={lang}").text
    keys = definitions.definitions(language(lang))
    assert re.findall(r'<section class="panel" id="(\w+)"', page) == [*keys, "pagerduty", "same"]
    assert "count(acknowledged_at)" in page


def test_a_figure_that_is_no_sum_shows_the_query_that_is_run(snapshot):
    shown = definitions.definitions(language("en"))["uptime"].query_text
    page = unescape(visit((definitions.section(),)).get("/definitions?lang=en").text)
    assert shown
    assert shown in page
    asked = []
    recording = SimpleNamespace(
        rows=lambda sql, values=(): asked.append(sql) or snapshot.rows(sql, values),
        synced_until=snapshot.synced_until,
        published_at=snapshot.published_at,
    )
    read_uptime(recording, Choice(date(2026, 3, 3), date(2026, 3, 9)))
    assert shown.replace("$only", "true") in asked
