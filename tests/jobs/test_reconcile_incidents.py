"""The weekly look at what log entries do not tell."""

from datetime import timedelta
from pathlib import Path

import pytest

from syncing import NOW, Account, account, rows, seeded
from toban.clients.warehouse import Warehouse
from toban.jobs.reconcile_incidents import Reconciled, reconcile_incidents
from toban.sandbox.pagerduty.wire import wire

pytestmark = pytest.mark.slow


def reconcile(served: Account, directory: Path) -> Reconciled:
    return reconcile_incidents(served.pagerduty(), Warehouse(directory), served.clock.now)


def test_when_all_is_well_only_the_lists_are_read(tmp_path: Path) -> None:
    with account(seeded(250)) as served:
        served.sync(tmp_path)
        served.calls()
        outcome = reconcile(served, tmp_path)
        assert served.calls() == {"GET /incidents": 3, "POST /analytics/raw/incidents": 1}
    assert outcome.remote == outcome.stored > 200
    assert outcome.refetched == []
    assert outcome.comparison.incidents > 200
    assert outcome.comparison.differences == ()


def test_a_note_edited_afterwards_is_read_again(tmp_path: Path) -> None:
    with account(seeded(20)) as served:
        key = list(served.world.incidents)[-1]["id"]
        served.clock.forward(hours=-2)
        note = served.person.post(f"incidents/{key}/notes", {"note": {"content": "first"}})["note"]
        served.clock.forward(hours=2)
        served.sync(tmp_path)
        assert [row["content"] for row in rows(tmp_path, "select content from notes")] == ["first"]
        with served.world.changing():
            served.world.notes[key][0]["content"] = "corrected"
            served.world.touch(served.world.incidents.find(key), updated_at=wire(NOW - timedelta(minutes=30)))
        served.clock.forward(minutes=30)
        served.sync(tmp_path)
        assert reconcile(served, tmp_path).refetched == [key]
    assert rows(tmp_path, "select id, content from notes") == [{"id": note["id"], "content": "corrected"}]


def test_an_incident_that_was_never_seen_is_fetched_with_its_log(tmp_path: Path) -> None:
    history = seeded(50)
    hidden = history.items.pop(25)
    with account(history) as served:
        served.sync(tmp_path)
    history.items.insert(25, hidden)
    with account(history) as served:
        outcome = reconcile(served, tmp_path)
    assert outcome.refetched == [hidden["incident"]["id"]]
    found = rows(tmp_path, "select count(*) as n, max(seconds_to_acknowledge) as high from incident_facts")
    assert found == [{"n": 50, "high": 60}]


def test_before_the_first_sync_there_is_nothing_to_do(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        assert reconcile(served, tmp_path) == Reconciled()
        assert served.calls() == {}


def test_a_figure_that_differs_from_pagerdutys_is_reported(tmp_path: Path) -> None:
    history = seeded(20)
    with account(history) as served:
        served.sync(tmp_path)
    for entry in history.items[3]["log_entries"]:
        if entry["type"] == "acknowledge_log_entry":
            entry["created_at"] = history.items[3]["incident"]["created_at"]
    with account(history) as served:
        outcome = reconcile(served, tmp_path)
    (difference,) = outcome.comparison.differences
    assert difference.incident_id == history.items[3]["incident"]["id"]
    assert (difference.figure, difference.pagerduty_s, difference.toban_s) == ("seconds_to_first_ack", 0, 60)
