"""A real service desk's log: the warehouse's figures against the same figures worked out in plain Python."""

import json
import math
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared_data import shared_path
from toban.clients.warehouse import Warehouse, metrics

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture(scope="module")
def history():
    script = shared_path("data/incident_log") / "to_pagerduty.py"
    output = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def snapshot(history, tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with warehouse.write() as writer:
        writer.merge("incidents", [incident_row(item["incident"]) for item in history])
        writer.merge("log_entries", [entry_row(entry) for item in history for entry in item["log_entries"]])
        writer.rebuild_models()
        writer.check()
        writer.publish()
    with warehouse.read() as snapshot:
        yield snapshot


def incident_row(incident):
    plain = ("id", "incident_number", "title", "status", "urgency", "created_at", "updated_at", "resolved_at")
    return {name: incident[name] for name in plain} | {
        "service_id": incident["service"]["id"],
        "team_ids": [team["id"] for team in incident["teams"]],
    }


def entry_row(entry):
    return {
        "id": entry["id"],
        "incident_id": entry["incident"]["id"],
        "type": entry["type"].removesuffix("_log_entry"),
        "created_at": entry["created_at"],
        "agent_type": entry["agent"]["type"].removesuffix("_reference"),
        "agent_id": entry["agent"]["id"],
    }


def reference(history):
    """(Tokyo Monday, service) -> seconds to acknowledge, seconds to resolve, number of incidents."""
    found = defaultdict(lambda: ([], [], []))
    for item in history:
        incident = item["incident"]
        began = datetime.fromisoformat(incident["created_at"])
        local = began.astimezone(TOKYO).date()
        to_acknowledge, to_resolve, ids = found[
            (local - timedelta(days=local.weekday()), incident["service"]["id"])
        ]
        ids.append(incident["id"])
        moments = [e["created_at"] for e in item["log_entries"] if e["type"] == "acknowledge_log_entry"]
        if moments:
            to_acknowledge.append((datetime.fromisoformat(min(moments)) - began).total_seconds())
        if incident["status"] == "resolved":
            to_resolve.append((datetime.fromisoformat(incident["resolved_at"]) - began).total_seconds())
    return found


def interpolated(values, share):
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def figures(values, name):
    if not values:
        return {f"{name}_{each}_s": None for each in ("mean", "p50", "p90", "p95")}
    exact = {"mean": sum(values) / len(values)}
    exact |= {f"p{share}": interpolated(values, share / 100) for share in (50, 90, 95)}
    return {f"{name}_{each}_s": pytest.approx(value, rel=1e-9) for each, value in exact.items()}


@pytest.mark.soak
def test_weekly_figures_of_every_service_are_those_worked_out_by_hand(history, snapshot):
    rows = metrics(snapshot, by=("week", "service"), time_zone="Asia/Tokyo")
    expected = reference(history)
    assert len(rows) == len(expected) > 300
    for row in rows:
        to_acknowledge, to_resolve, ids = expected[(row["bucket"], row["service"])]
        counts = (row["incidents"], row["acknowledged"], row["resolved"])
        assert counts == (len(ids), len(to_acknowledge), len(to_resolve))
        wanted = figures(to_acknowledge, "mtta") | figures(to_resolve, "mttr")
        assert {name: row[name] for name in wanted} == wanted
