"""Each measure has one definition, in words and in the SQL that computes it."""

import re

import pytest

from insights_warehouse import desk, publish, visit
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
