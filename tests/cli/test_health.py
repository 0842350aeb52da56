"""`toban health report`: the same findings as table, JSON and CSV; wrong usage is one sentence."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from report_warehouse import fill
from toban.cli import main
from toban.clients.warehouse import Warehouse

SETTINGS = """
fallback_channel = "#ops"
slack.trial_channel = "#trial"
warehouse.directory = "{directory}"
reporting.time_zone = "Asia/Tokyo"

[health]
nights_per_week = {{ limit = 0, source = "our agreement of 2026" }}

[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
announce_channel = "#pay"
services = ["S1"]
escalation_policies = ["E1"]
"""
KEYS = [
    "team", "week", "topic", "person_id", "person", "since", "until", "value", "n", "threshold", "verdict",
    "source",
]  # fmt: skip


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with Warehouse(home / "warehouse").write() as writer:
        fill(writer)
    path = home / "toban.toml"
    path.write_text(SETTINGS.format(directory=home / "warehouse"), encoding="utf-8")
    return path


def run(settings, *options, team="pay", week="2026-W47"):
    arguments = ["health", "report", "--team", team, "--week", week, *options]
    return CliRunner().invoke(main, arguments, env={"TOBAN_SETTINGS": str(settings)})


def test_json_holds_each_finding_with_its_threshold_and_source(settings):
    rows = json.loads(run(settings, "--format", "json").stdout)
    assert all(list(row) == KEYS for row in rows)
    (nights,) = [row for row in rows if row["topic"] == "nights" and row["person_id"] == "U1"]
    assert nights | {"value": 0, "n": 0} == {
        "team": "pay", "week": "2026-11-16", "topic": "nights", "person_id": "U1", "person": "Aiko",
        "since": None, "until": None, "value": 0, "n": 0, "threshold": 0, "verdict": "beyond",
        "source": "our agreement of 2026",
    }  # fmt: skip
    assert nights["value"] > 0


def test_csv_holds_the_same(settings):
    rows = list(csv.DictReader(io.StringIO(run(settings, "--format", "csv").stdout)))
    told = json.loads(run(settings, "--format", "json").stdout)
    assert [row["topic"] for row in rows] == [row["topic"] for row in told]
    assert rows[0].keys() == set(KEYS)


def test_the_table_says_whose_week_it_is(settings):
    output = run(settings).stdout
    assert output.startswith("Payments, 2026-11-16 to 2026-11-22 (Asia/Tokyo)\n")
    assert "our agreement of 2026" in output


def test_a_day_and_its_iso_week_name_the_same_report(settings):
    assert run(settings, week="2026-11-18").stdout == run(settings).stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [({"week": "47"}, "'47' names no week"), ({"team": "shop"}, "There is no team 'shop'")],
)
def test_wrong_usage_is_one_sentence_and_exit_code_two(settings, options, words):
    result = run(settings, **options)
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert words in result.output


def test_before_the_first_publication_the_first_step_is_named(settings, tmp_path):
    result = run(settings, "--warehouse", str(tmp_path))
    assert result.exit_code == 1
    assert "toban sync" in result.output
