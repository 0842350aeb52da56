"""Health of Toban: what is old, incomplete, failed or unsettled is said, with the next step."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest

from insights_warehouse import NOW, desk, visit
from toban.clients.warehouse import Warehouse
from toban.web.insights import health

WELL = {
    "synced_until": (NOW - timedelta(minutes=4)).isoformat(),
    "covered": json.dumps([["2026-01-01T00:00:00+00:00", NOW.isoformat()]]),
    "remote_total": json.dumps({"stored": 40, "remote": 40}),
}
RUN = {"id": "r1", "kind": "sync", "started_at": NOW - timedelta(minutes=5), "api_calls": 7, "seconds": 2.5}


@pytest.fixture
def findings(tmp_path_factory):
    """What the page says of a warehouse in that state: subject -> (level, text)."""

    def findings(state=WELL, runs=(RUN,), claims=()):
        directory = tmp_path_factory.mktemp("warehouse")
        with Warehouse(directory).write() as writer:
            for name, value in state.items():
                writer.set_state(name, value)
            writer.merge("sync_runs", list(runs))
            writer.merge("ledger_messages", list(claims))
            writer.rebuild_models()
            writer.publish()
        page = visit((health.section(desk(directory)),)).get("/health").text
        found = re.findall(r'<span class="badge (\w+)">.*?<h2>(.*?)</h2><p>(.*?)</p>', page, re.DOTALL)
        return {subject: (level, unescape(text)) for level, subject, text in found}

    return findings


def test_all_is_well(findings):
    found = findings()
    assert {level for level, _ in found.values()} == {"good"}
    assert found["Age of the data"][1] == "up to Sun 22 Mar 02:56, 4 min ago"
    assert found["History held"][1].startswith("without a gap since Thu 1 Jan")
    assert found["Completeness"][1] == "40 incidents here, 40 at PagerDuty, in the last 30 days compared"


@pytest.mark.parametrize(("minutes", "level"), [(20, "good"), (21, "warn"), (120, "warn"), (121, "bad")])
def test_old_data_are_said_to_be_old(findings, minutes, level):
    until = (NOW - timedelta(minutes=minutes)).isoformat()
    assert findings(WELL | {"synced_until": until})["Age of the data"][0] == level


def test_an_empty_warehouse_says_what_to_do(findings):
    found = findings(state={}, runs=())
    assert {subject: level for subject, (level, _) in found.items()} == {
        "Age of the data": "bad",
        "History held": "bad",
        "Completeness": "warn",
        "Last runs": "good",
        "Messages on their way": "good",
    }


def test_a_backfill_that_was_cut_off_is_seen(findings):
    spans = [
        ["2025-01-01T00:00:00+00:00", "2025-02-01T00:00:00+00:00"],
        ["2026-01-01T00:00:00+00:00", NOW.isoformat()],
    ]
    assert findings(WELL | {"covered": json.dumps(spans)})["History held"][0] == "warn"


def test_missing_incidents_are_seen(findings):
    found = findings(WELL | {"remote_total": json.dumps({"stored": 38, "remote": 40})})
    assert found["Completeness"] == (
        "warn",
        "38 incidents here, 40 at PagerDuty, in the last 30 days compared",
    )


def test_a_failure_counts_until_a_run_went_well(findings):
    failed = RUN | {"id": "r0", "started_at": NOW - timedelta(minutes=10), "error": "<script> refused"}
    assert findings(runs=(failed,))["Last runs"] == ("bad", "sync: <script> refused")
    assert findings(runs=(failed, RUN))["Last runs"][0] == "good"


@pytest.mark.parametrize(("minutes", "level"), [(14, "good"), (16, "warn")])
def test_a_claim_that_stays_open_is_seen(findings, minutes, level):
    claim = {
        "key": "alert:Q1",
        "kind": "alert",
        "status": "claimed",
        "created_at": NOW - timedelta(minutes=minutes),
    }
    assert findings(claims=(claim,))["Messages on their way"][0] == level


@pytest.mark.parametrize(("remaining", "level"), [(960, "good"), (384, "good"), (383, "warn"), (0, "warn")])
def test_what_remains_of_the_rate_limit_is_said(findings, remaining, level):
    budget = json.dumps({"limit": 960, "remaining": remaining, "at": NOW.isoformat()})
    told = findings(WELL | {"rate_limit": budget})["API budget"]
    assert told == (level, f"{remaining} of 960 requests a minute remained at Sun 22 Mar 03:00")


def test_nothing_is_said_of_a_limit_that_nobody_saw(findings):
    assert "API budget" not in findings()
