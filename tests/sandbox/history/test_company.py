"""The sample company: who it has, and that nothing in it could be taken for real."""

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sandbox.history.conftest import UNTIL
from toban.sandbox.history import History
from toban.sandbox.history.rota import Rota


def test_there_are_four_teams_of_six_people_and_five_services(year: History) -> None:
    directory = year.directory
    counts = {kind: len(rows) for kind, rows in directory.items()}
    assert counts == {
        "users": 24,
        "teams": 4,
        "services": 20,
        "escalation_policies": 4,
        "schedules": 8,
        "priorities": 5,
    }
    assert {user["time_zone"] for user in directory["users"]} == {"Asia/Tokyo", "Europe/Berlin"}


def test_people_and_numbers_are_plainly_samples(year: History) -> None:
    users = year.directory["users"]
    assert all(user["email"].endswith("@example.com") for user in users)
    assert len({user["name"] for user in users}) == 24
    numbers = {
        m["address"] for user in users for m in user["contact_methods"] if m["type"] == "phone_contact_method"
    }
    assert all(number.startswith("50000000") for number in numbers)


def test_all_nine_monitoring_tools_send_alerts(year: History) -> None:
    tools = {i["name"] for service in year.directory["services"] for i in service["integrations"]}
    sent = {alert["body"]["cef_details"]["client"] for item in year.items for alert in item["alerts"]}
    assert sent == tools
    assert len(tools) == 9


def test_every_reference_in_the_directory_points_to_something(year: History) -> None:
    known = {row["id"] for rows in year.directory.values() for row in rows}
    for policy in year.directory["escalation_policies"]:
        assert {t["id"] for rule in policy["escalation_rules"] for t in rule["targets"]} <= known
        assert {service["id"] for service in policy["services"]} <= known
    for service in year.directory["services"]:
        assert service["escalation_policy"]["id"] in known
    for schedule in year.directory["schedules"]:
        members = {m["user"]["id"] for layer in schedule["schedule_layers"] for m in layer["users"]}
        assert members | {override["user"]["id"] for override in schedule["overrides"]} <= known


def test_policies_have_two_or_three_levels_and_end_with_a_person(year: History) -> None:
    rules = [policy["escalation_rules"] for policy in year.directory["escalation_policies"]]
    assert {len(levels) for levels in rules} == {2, 3}
    assert all(levels[-1]["targets"][-1]["type"] == "user_reference" for levels in rules)


def test_a_gap_lies_within_the_two_weeks_to_come_and_gaps_lie_in_the_past(year: History) -> None:
    coming, past = 0, 0
    for schedule in year.directory["schedules"]:
        spans = Rota(schedule, UNTIL - timedelta(days=365), UNTIL + timedelta(days=14)).spans
        for before, after in pairwise(spans):
            gap = after.start - before.end
            coming += gap > timedelta(0) and before.end > UNTIL
            past += gap > timedelta(0) and after.start < UNTIL
    assert coming == 1
    assert past == 2


def test_one_swap_is_on_at_the_end_and_others_are_to_come(year: History) -> None:
    swaps = [swap for schedule in year.directory["schedules"] for swap in schedule["overrides"]]
    now = UNTIL.astimezone(ZoneInfo("Asia/Tokyo")).isoformat()
    assert len([swap for swap in swaps if swap["start"] <= now < swap["end"]]) == 1
    assert len([swap for swap in swaps if swap["start"] > now]) == 2
    assert len(swaps) > 30


def test_nobody_is_on_both_schedules_of_a_team_at_once(year: History) -> None:
    since = UNTIL - timedelta(days=365)
    rotas = [Rota(schedule, since, UNTIL) for schedule in year.directory["schedules"]]
    for primary, secondary in zip(rotas[::2], rotas[1::2], strict=True):
        for hours in range(0, 364 * 24, 37):
            at = since + timedelta(hours=hours)
            first, second = primary.on_call(at), secondary.on_call(at)
            assert first != second or first is None


def test_services_show_the_worst_of_their_open_incidents(year: History) -> None:
    open_on = {}
    for item in year.items:
        open_on.setdefault(item["incident"]["service"]["id"], set()).add(item["incident"]["status"])
    for service in year.directory["services"]:
        statuses = open_on[service["id"]]
        expected = (
            "critical" if "triggered" in statuses else "warning" if "acknowledged" in statuses else "active"
        )
        assert service["status"] == expected
