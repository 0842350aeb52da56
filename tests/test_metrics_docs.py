"""The pages about metrics name every measure, and the thresholds they show are those of the code."""

import re
from datetime import time, timedelta
from pathlib import Path

import pytest

from toban.clients.warehouse import Warehouse, left_out
from toban.clients.warehouse.texts import sql_text
from toban.domain.report import cause, change, message, suggestion
from toban.settings import BusinessHours, ReportingSettings, Team

DOCS = Path(__file__).parents[1] / "docs"
LANGUAGES = ("en", "ja")
THRESHOLD = re.compile(r"^\| `(\w+)` \| ([^|`]+) \| [^|]+ \|$", re.MULTILINE)
# What an incident is or who it concerns, not a measure of it; warehouse.md explains these.
DESCRIPTIVE = {
    "incident_id", "incident_number", "title", "status", "urgency", "priority_name", "service_id", "service",
    "team_id", "team", "team_ids", "escalation_policy_id", "escalation_policy", "incident_type", "created_at",
    "acknowledged_by_id", "acknowledged_by", "acknowledged_through", "resolved_by_id", "resolved_by",
    "html_url", "updated_at", "template", "week", "month", "user_id", "name",
}  # fmt: skip
MODELS = """
    select distinct column_name as name from duckdb_columns()
    where table_name = 'incident_facts' or table_name like '%\\_weekly' escape '\\'
       or table_name like '%\\_monthly' escape '\\'
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with warehouse.write() as writer:
        writer.rebuild_models()
        writer.publish()
    with warehouse.read(restricted=True) as snapshot:
        yield snapshot


def page(language):
    return (DOCS / language / "metrics.md").read_text(encoding="utf-8")


def shown(name, value):
    """A threshold as the pages write it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return f"{value / timedelta(hours=1):g} h"
    if name.lower().endswith("_s"):
        return f"{value:g} s"
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def thresholds():
    modules = (change, cause, suggestion)
    kinds = (int, float, time)
    found = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, kinds)
    }
    found["STALE_AFTER"] = message.STALE_AFTER
    found["trend_weeks"] = ReportingSettings.model_fields["trend_weeks"].default
    found["mtta_goal_s"] = Team.model_fields["mtta_goal_s"].default
    return {name: shown(name, value) for name, value in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_is_defined_on_the_page(language, snapshot):
    measures = {row["name"] for row in snapshot.rows(MODELS)} - DESCRIPTIVE
    assert len(measures) > 30
    assert not {name for name in measures if f"`{name}`" not in page(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_leaving_out_is_on_the_page(language, snapshot):
    assert not {reason for reason in left_out(snapshot) if f"| `{reason}` |" not in page(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_threshold_is_shown_with_the_value_it_has(language):
    section = page(language).rpartition("\n### ")[2]
    assert dict(THRESHOLD.findall(section)) == thresholds()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_speaks_of_a_threshold_that_is_gone(language):
    named = set(re.findall(r"`([A-Z]{2,}_[A-Z_]+)`", page(language)))
    assert named == {name for name in thresholds() if name.isupper()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hours_and_the_silence_between_interruptions_are_those_of_the_code(language):
    hours, text = BusinessHours(), page(language)
    rows = dict(re.findall(r"^\| `(\w+_hour)_interruptions` \| ([^|]+) \|$", text, re.MULTILINE))
    clock = {"business_hour": (hours.start, hours.end), "sleep_hour": (hours.sleep_from, hours.sleep_until)}
    for kind, times in clock.items():
        assert re.findall(r"\d\d:\d\d", rows[kind]) == [f"{one:%H:%M}" for one in times]
    assert "60 s" in text or "60 秒" in text
    for name in ("models/interruptions.sql", "fragments/goes_on.sql"):
        assert "interval 60 seconds" in sql_text(name)
