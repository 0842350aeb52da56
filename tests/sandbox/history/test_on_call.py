"""Those who are rung are those whom the schedule names at that moment."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.history.reading import by_person, moment, of_type
from toban.sandbox.history import History

WEEK = timedelta(weeks=1)


def on_call(schedule: dict[str, Any], at: datetime) -> str | None:
    """Worked out for one moment alone: the last override, else the layer's turn by local weeks."""
    for override in reversed(schedule["overrides"]):
        if moment(override["start"]) <= at < moment(override["end"]):
            return str(override["user"]["id"])
    zone = ZoneInfo(schedule["time_zone"])
    for layer in schedule["schedule_layers"]:
        if moment(layer["start"]) <= at and (layer["end"] is None or at < moment(layer["end"])):
            first = moment(layer["rotation_virtual_start"]).astimezone(zone).replace(tzinfo=None)
            turn = (at.astimezone(zone).replace(tzinfo=None) - first) // WEEK
            return str(layer["users"][turn % len(layer["users"])]["user"]["id"])
    return None


def expected(history: History, policy: dict[str, Any], at: datetime) -> list[set[str]]:
    """The users at each level; empty where nobody is."""
    schedules = {schedule["id"]: schedule for schedule in history.directory["schedules"]}
    levels = []
    for rule in policy["escalation_rules"]:
        users = {
            on_call(schedules[target["id"]], at) if target["id"] in schedules else target["id"]
            for target in rule["targets"]
        }
        levels.append({user for user in users if user})
    return levels


def test_the_first_assignment_goes_to_the_first_level_with_somebody_on_call(year: History) -> None:
    policies = {policy["teams"][0]["id"]: policy for policy in year.directory["escalation_policies"]}
    for item in year.items:
        policy = policies[item["incident"]["teams"][0]["id"]]
        first = of_type(item, "assign")[0]
        levels = expected(year, policy, moment(first["created_at"]))
        assert {user["id"] for user in first["assignees"]} == next(level for level in levels if level)


def test_in_a_gap_the_next_level_is_rung(year: History) -> None:
    policies = {policy["teams"][0]["id"]: policy for policy in year.directory["escalation_policies"]}
    in_gaps = [
        item
        for item in year.items
        if not expected(
            year, policies[item["incident"]["teams"][0]["id"]], moment(item["incident"]["created_at"])
        )[0]
    ]
    assert in_gaps


def test_an_escalation_goes_to_a_level_of_the_policy(year: History) -> None:
    policies = {policy["id"]: policy for policy in year.directory["escalation_policies"]}
    for item in year.items:
        for entry in of_type(item, "escalate"):
            candidates = set().union(
                *(user for p in policies.values() for user in expected(year, p, moment(entry["created_at"])))
            )
            assert {user["id"] for user in entry["assignees"]} <= candidates


def test_an_escalation_to_two_people_is_two_entries_with_the_same_time(year: History) -> None:
    twins = 0
    for item in year.items:
        entries = of_type(item, "escalate")
        assert all(len(entry["assignees"]) == 1 for entry in entries)
        twins += len(entries) != len({entry["created_at"] for entry in entries})
    assert twins > 20


def test_only_people_who_were_assigned_acknowledge_or_were_asked_for_help(year: History) -> None:
    for item in year.items:
        reached = {
            u["id"] for e in item["log_entries"] for u in (*e.get("assignees", ()), *e.get("responders", ()))
        }
        assert {e["agent"]["id"] for e in of_type(item, "acknowledge")} <= reached


def test_notifications_follow_the_rules_of_whom_they_reach(year: History) -> None:
    addresses = {
        user["id"]: {
            (m["type"].removesuffix("_contact_method"), m["address"]) for m in user["contact_methods"]
        }
        for user in year.directory["users"]
    }
    for item in year.items:
        for entry in of_type(item, "notify"):
            sent = entry["channel"]["notification"]
            kind = (
                sent["type"]
                if sent["type"] == "push_notification"
                else sent["type"].removesuffix("_notification")
            )
            assert (kind, sent["address"]) in addresses[entry["user"]["id"]]


def test_automatic_changes_are_signed_by_no_person(year: History) -> None:
    for item in year.items:
        for entry in (*of_type(item, "unacknowledge"), *of_type(item, "notify")):
            assert not by_person(entry)
        assert not by_person(item["log_entries"][0])


def test_moments_in_the_history_are_utc(year: History) -> None:
    assert all(moment(item["incident"]["created_at"]).tzinfo == UTC for item in year.items[:100])


def test_what_was_assigned_by_hand_is_not_escalated_by_time_out(year: History) -> None:
    by_hand = 0
    for item in year.items:
        direct = False
        for entry in item["log_entries"]:
            if entry["type"] == "escalate_log_entry" and not by_person(entry):
                assert not direct
            if entry.get("assignees"):
                direct = entry["type"] == "assign_log_entry" and by_person(entry)
                by_hand += direct
    assert by_hand > 20
