"""What the warehouse says after PagerDuty changed in all the ways it does."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syncing import NOW, Account, account, contents, rows, seeded
from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot, PagerDutyUnavailable, UsageError
from toban.sandbox.pagerduty.wire import wire


def opened(served: Account, title: str = "CPU high") -> str:
    """The id of an incident triggered now."""
    service = {"id": served.world.directory.all("services")[0]["id"], "type": "service_reference"}
    incident = {"type": "incident", "title": title, "service": service}
    return str(served.person.post("incidents", {"incident": incident})["incident"]["id"])


def put(served: Account, incident_id: str, **fields: Any) -> None:
    served.person.put(f"incidents/{incident_id}", {"incident": {"type": "incident_reference"} | fields})


def incident(directory: Path, incident_id: str) -> dict[str, Any]:
    found = rows(directory, f"select * from incident_facts where incident_id = '{incident_id}'")
    assert len(found) == 1
    return found[0]


@pytest.mark.slow
def test_times_are_those_of_the_history(tmp_path: Path) -> None:
    with account(seeded(120)) as served:
        served.sync(tmp_path)
    query = """
        select count(*) as incidents, min(seconds_to_acknowledge) as low, max(seconds_to_acknowledge) as high,
            min(seconds_to_resolve) as resolved, bool_and(history_complete) as complete
        from incident_facts
    """
    (told,) = rows(tmp_path, query)
    assert told == {"incidents": 120, "low": 60, "high": 60, "resolved": 900, "complete": True}


def test_an_incident_resolved_long_after_its_sync_is_resolved(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = opened(served)
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
        assert incident(tmp_path, key)["status"] == "triggered"
        served.clock.forward(days=60)
        put(served, key, status="resolved")
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
    told = incident(tmp_path, key)
    assert told["status"] == "resolved"
    assert told["seconds_to_resolve"] == timedelta(days=60, minutes=1).total_seconds()
    assert told["seconds_to_acknowledge"] is None


def test_a_reopened_incident_is_open_again(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = next(iter(served.world.incidents))["id"]
        served.sync(tmp_path)
        served.clock.forward(minutes=10)
        put(served, key, status="triggered")
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
    told = incident(tmp_path, key)
    assert (told["status"], told["resolved_at"], told["seconds_to_acknowledge"]) == ("triggered", None, 60)


def test_a_merged_incident_names_its_target(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        target, source = opened(served, "first"), opened(served, "second")
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
        reference = {"id": source, "type": "incident_reference"}
        served.person.put(f"incidents/{target}/merge", {"source_incidents": [reference]})
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
    assert incident(tmp_path, source)["merged_into"] == target
    assert incident(tmp_path, target)["status"] == "triggered"


@pytest.mark.slow
def test_an_entry_that_appears_late_is_found_inside_the_overlap(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = opened(served)
        served.clock.forward(minutes=20)
        served.sync(tmp_path)
        late = dict(served.world.entries.of(key)[0])
        late |= {"id": "RLATE", "type": "acknowledge_log_entry", "created_at": wire(served.clock.now)}
        late["created_at"] = wire(served.clock.now - timedelta(minutes=14))
        served.world.entries.add(late)
        served.clock.forward(minutes=1)
        assert served.sync(tmp_path).log_entries == 1
    assert incident(tmp_path, key)["seconds_to_acknowledge"] == 6 * 60


def test_a_note_is_stored_once_with_its_author(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = opened(served)
        served.person.post(f"incidents/{key}/notes", {"note": {"content": "Restarted the pods."}})
        author = served.world.directory.all("users")[0]["name"]
        for _ in range(3):
            served.clock.forward(minutes=1)
            served.sync(tmp_path)
    assert rows(tmp_path, "select content, user_name, incident_id from notes") == [
        {"content": "Restarted the pods.", "user_name": author, "incident_id": key}
    ]


@pytest.mark.slow
def test_open_incidents_edited_without_a_log_entry_are_updated(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = opened(served)
        served.sync(tmp_path)
        served.clock.forward(hours=2)
        with served.world.changing():
            served.world.touch(served.world.incidents.find(key), title="CPU very high")
        served.clock.forward(minutes=1)
        assert served.sync(tmp_path).log_entries == 0
    assert incident(tmp_path, key)["title"] == "CPU very high"


def test_a_second_change_within_the_same_second_is_taken(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        key = opened(served)
        served.sync(tmp_path)
        edited = served.world.incidents.find(key)
        with served.world.changing():
            edited["title"] = "CPU very high"
            served.world.incidents.changed(edited)  # its updated_at stays as it was
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
    assert incident(tmp_path, key)["title"] == "CPU very high"


@pytest.mark.slow
def test_mere_references_to_incidents_lead_to_the_same_warehouse(tmp_path: Path) -> None:
    with account(seeded(250)) as full:
        full.sync(tmp_path / "full")
    with account(seeded(250), embed_incidents=False) as bare:
        bare.sync(tmp_path / "bare")
        calls = bare.calls()
        assert calls["GET /incidents"] <= 1 + 3
        assert calls.get("GET /incidents/{key}", 0) == 0
        bare.clock.forward(minutes=5)
        changed = next(iter(bare.world.incidents))["id"]
        bare.person.post(f"incidents/{changed}/notes", {"note": {"content": "x"}})
        bare.calls()
        bare.clock.forward(minutes=1)
        bare.sync(tmp_path / "later")
        bare.sync(tmp_path / "bare")
        assert bare.calls()["GET /incidents/{key}"] == 1
    assert contents(tmp_path / "full")["incidents"] != []
    assert rows(tmp_path / "full", "select * exclude updated_at from incidents order by id") == rows(
        tmp_path / "bare", "select * exclude updated_at from incidents order by id"
    )


def test_nothing_new_is_not_published(tmp_path: Path) -> None:
    with account(seeded(20)) as served:
        served.sync(tmp_path)
        first = [snapshot.name for snapshot in sorted(tmp_path.rglob("snapshot_*"))]
        served.clock.forward(minutes=5)
        served.sync(tmp_path)
        assert [snapshot.name for snapshot in sorted(tmp_path.rglob("snapshot_*"))] == first
        with Warehouse(tmp_path).read() as snapshot:
            assert snapshot.rows("select count(*) as n from incident_facts") == [{"n": 20}]


@pytest.mark.slow
def test_users_who_left_stay_known_by_name(tmp_path: Path) -> None:
    history = seeded(20)
    with account(history) as served:
        served.sync(tmp_path)
    gone = history.directory["users"].pop()
    with account(history) as served:
        served.clock.forward(days=1)
        served.sync(tmp_path)
    assert rows(tmp_path, "select id, name from users where deleted") == [
        {"id": gone["id"], "name": gone["name"]}
    ]


def test_shifts_reach_from_the_beginning_to_four_weeks_ahead(tmp_path: Path) -> None:
    with account(seeded(20)) as served:
        served.sync(tmp_path, since=NOW - timedelta(days=30))
    (told,) = rows(tmp_path, "select min(start_at) as first, max(start_at) as last from oncall_shifts")
    assert told["first"] <= NOW - timedelta(days=28)
    assert told["last"] > NOW + timedelta(days=20)


def override(served: Account, schedule_id: str, user_id: str) -> dict[str, str]:
    """Somebody takes the shift of tomorrow."""
    asked = {
        "start": (served.clock.now + timedelta(days=1)).isoformat(),
        "end": (served.clock.now + timedelta(days=2)).isoformat(),
        "user": {"id": user_id, "type": "user_reference"},
    }
    made = served.person.post(f"schedules/{schedule_id}/overrides", {"override": asked})
    return dict(made["override"])


def test_overrides_are_those_that_stand(tmp_path: Path) -> None:
    stored = "select id, schedule_id, user_id, start_at from schedule_overrides order by id"
    with account(seeded(20)) as served:
        (schedule, *_), (user, *_) = (served.world.directory.all(kind) for kind in ("schedules", "users"))
        made = override(served, schedule["id"], user["id"])
        served.sync(tmp_path)
        (found,) = [row for row in rows(tmp_path, stored) if row["id"] == made["id"]]
        assert (found["schedule_id"], found["user_id"]) == (schedule["id"], user["id"])
        assert found["start_at"] == NOW + timedelta(days=1)
        with served.world.changing():
            schedule["overrides"].clear()
        served.clock.forward(days=1)
        served.sync(tmp_path)
        assert schedule["id"] not in {row["schedule_id"] for row in rows(tmp_path, stored)}


def test_ledger_rows_are_copied(tmp_path: Path) -> None:
    message = {
        "key": "k",
        "kind": "report",
        "channel": "C1",
        "ts": "1.2",
        "status": "sent",
        "created_at": NOW,
    }
    with account(seeded(5)) as served:
        served.sync(tmp_path, ledger_rows={"ledger_messages": [message]})
    assert rows(tmp_path, "select key, status from ledger_messages") == [{"key": "k", "status": "sent"}]


@pytest.mark.slow
def test_a_failed_sync_loses_nothing_and_the_next_one_continues(tmp_path: Path) -> None:
    with account(seeded(2500)) as served:
        served.sync(tmp_path / "undisturbed")
        served.fault("500", times=8, path="/incidents")
        with pytest.raises(PagerDutyUnavailable, match="nothing is lost"):
            served.sync(tmp_path / "failed")
        with pytest.raises(NoSnapshot):
            rows(tmp_path / "failed", "select 1")
        served.calls()
        again = served.sync(tmp_path / "failed")
        assert again.log_entries == 0
        assert served.calls()["GET /log_entries"] == 1
    assert contents(tmp_path / "failed") == contents(tmp_path / "undisturbed")
    runs = rows(tmp_path / "failed", "select kind, error from sync_runs order by started_at")
    assert "GET /incidents" in runs[0]["error"]
    assert runs[0]["kind"] == "sync"


def test_a_window_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    with account(seeded(1)) as served, pytest.raises(UsageError, match="must be earlier"):
        served.sync(tmp_path, since=NOW, until=NOW - timedelta(days=1))


@pytest.mark.slow
def test_the_future_is_not_taken_for_read(tmp_path: Path) -> None:
    with account(seeded(5)) as served:
        served.sync(tmp_path, until=NOW + timedelta(days=365))
        served.clock.forward(days=3)
        key = opened(served)
        served.clock.forward(minutes=1)
        served.sync(tmp_path)
    assert incident(tmp_path, key)["status"] == "triggered"
