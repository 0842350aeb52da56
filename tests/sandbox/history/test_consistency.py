"""Every incident says the same as its entries."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.history.conftest import UNTIL
from sandbox.history.reading import Item, by_person, moment, of_type
from toban.sandbox.history import History, generate_history

OPENS = {"trigger", "unacknowledge", "unsnooze", "escalate", "delegate", "assign"}
DAYS = 12


def test_the_year_is_consistent(year: History) -> None:
    check(year, UNTIL - timedelta(days=365), UNTIL)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(min_value=0, max_value=2**32),
    until=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001
    improved_days_ago=st.integers(min_value=-5, max_value=20),
)
def test_any_history_is_consistent(seed: int, until: datetime, improved_days_ago: int) -> None:
    end = until.replace(tzinfo=UTC, microsecond=0)
    turn = end - timedelta(days=improved_days_ago)
    check(generate_history(seed, end, days=DAYS, announcements_since=turn), end - timedelta(days=DAYS), end)


def check(history: History, since: datetime, until: datetime) -> None:
    assert history.items
    check_whole(history, since, until)
    titles = {item["incident"]["id"]: item["incident"] for item in history.items}
    for item in history.items:
        check_times(item, until)
        check_status(item)
        check_assignments(item)
        check_alerts_and_notes(item)
        check_merge(item, titles)
        check_pending(item["incident"], until)


def check_whole(history: History, since: datetime, until: datetime) -> None:
    incidents = [item["incident"] for item in history.items]
    numbers = [incident["incident_number"] for incident in incidents]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    created = [moment(incident["created_at"]) for incident in incidents]
    assert created == sorted(created)
    assert since <= created[0]
    assert created[-1] <= until
    for rows in (
        incidents,
        [entry for item in history.items for entry in item["log_entries"]],
        [alert for item in history.items for alert in item["alerts"]],
        [note for item in history.items for note in item["notes"]],
    ):
        assert len({row["id"] for row in rows}) == len(rows)


def check_times(item: Item, until: datetime) -> None:
    incident, times = item["incident"], [moment(entry["created_at"]) for entry in item["log_entries"]]
    assert times == sorted(times)
    assert times[0] == moment(incident["created_at"])
    assert times[-1] == moment(incident["updated_at"])
    assert times[-1] <= until
    assert item["log_entries"][0]["id"] == incident["first_trigger_log_entry"]["id"]
    assert all(entry["created_at"].endswith("Z") for entry in item["log_entries"])


def check_status(item: Item) -> None:
    status, changed, agent, acknowledged, resolved = "", None, None, [], None
    for entry in item["log_entries"]:
        kind, before = entry["type"].removesuffix("_log_entry"), status
        if kind == "acknowledge":
            assert before != "resolved"
            status = "acknowledged"
            acknowledged.append((entry["created_at"], entry["agent"]["id"]))
        elif kind == "resolve":
            assert before != "resolved"
            status, resolved = "resolved", entry["created_at"]
        elif kind in OPENS:
            assert kind == "trigger" or before in {"triggered", "acknowledged"}
            status, resolved, acknowledged = "triggered", None, []
        if status != before:
            changed, agent = entry["created_at"], entry["agent"]
    incident = item["incident"]
    assert incident["status"] == status
    assert incident["resolved_at"] == resolved
    assert incident["last_status_change_by"] == agent
    shown = [(one["at"], one["acknowledger"]["id"]) for one in incident["acknowledgements"]]
    assert shown == (acknowledged if status == "acknowledged" else [])
    assert incident["last_status_change_at"] == (incident["updated_at"] if status == "triggered" else changed)


def check_assignments(item: Item) -> None:
    incident = item["incident"]
    if incident["status"] == "resolved":
        assert incident["assignments"] == []
        return
    entries = [entry for entry in item["log_entries"] if entry.get("assignees")]
    last = [
        e for e in entries if (e["created_at"], e["type"]) == (entries[-1]["created_at"], entries[-1]["type"])
    ]
    assert [one["assignee"] for one in incident["assignments"]] == [
        u for entry in last for u in entry["assignees"]
    ]
    assert {one["at"] for one in incident["assignments"]} == {entries[-1]["created_at"]}


def check_alerts_and_notes(item: Item) -> None:
    incident, alerts = item["incident"], item["alerts"]
    resolved = sum(alert["status"] == "resolved" for alert in alerts)
    counts = {"all": len(alerts), "triggered": len(alerts) - resolved, "resolved": resolved}
    assert incident["alert_counts"] == counts
    assert all((alert["status"] == "resolved") == (incident["status"] == "resolved") for alert in alerts)
    assert all(moment(alert["created_at"]) <= moment(incident["updated_at"]) for alert in alerts)
    joined = [entry["linked_incident"]["id"] for entry in of_type(item, "link")]
    assert (
        sorted(joined) == sorted(alert["id"] for alert in alerts[1:] if alerts) or incident["resolve_reason"]
    )
    written = {(n["content"], n["created_at"], n["user"]["id"]) for n in item["notes"]}
    logged = of_type(item, "annotate")
    assert written == {(e["channel"]["summary"], e["created_at"], e["agent"]["id"]) for e in logged}


def check_merge(item: Item, incidents: dict[str, dict[str, Any]]) -> None:
    reason = item["incident"]["resolve_reason"]
    if reason is None:
        assert item["alerts"]
        return
    assert reason["type"] == "merge_resolve_reason"
    assert item["alerts"] == []
    target = incidents[reason["incident"]["id"]]
    (resolve,) = of_type(item, "resolve")
    assert by_person(resolve)
    assert moment(target["created_at"]) <= moment(item["incident"]["created_at"])
    assert target["resolved_at"] is None or moment(target["resolved_at"]) >= moment(resolve["created_at"])


def check_pending(incident: dict[str, Any], until: datetime) -> None:
    actions = {action["type"]: moment(action["at"]) for action in incident["pending_actions"]}
    if incident["status"] == "resolved":
        assert actions == {}
    assert all(at > until for at in actions.values())
    assert "unacknowledge" not in actions or incident["status"] == "acknowledged"
    assert "escalate" not in actions or (incident["status"], incident["urgency"]) == ("triggered", "high")
    assert "escalate" not in actions or incident["assigned_via"] == "escalation_policy"
    if incident["status"] == "acknowledged":
        assert "unacknowledge" in actions
