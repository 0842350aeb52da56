"""Pages, and the questions that several jobs ask."""

from datetime import UTC, datetime

from clients.pagerduty.scripted import good, scripted
from toban.clients.pagerduty.on_calls import person
from toban.domain.people import Person

DAY = datetime(2026, 11, 22, tzinfo=UTC)


def test_pages_are_read_until_there_are_no_more() -> None:
    first, last = {"teams": [{"id": "A"}], "more": True}, {"teams": [{"id": "B"}], "more": False}
    with scripted(good(first), good(last)) as (pagerduty, script):
        assert [team["id"] for team in pagerduty.rows("teams", "teams")] == ["A", "B"]
    assert [dict(asked.query)["offset"] for asked in script.asked] == ["0", "100"]


def test_pages_end_at_pagerdutys_ceiling() -> None:
    with scripted(good({"teams": [], "more": True})) as (pagerduty, script):
        assert len(list(pagerduty.pages("teams", "teams"))) == 100
    assert dict(script.asked[-1].query)["offset"] == "9900"


def test_open_incidents_are_asked_for_however_old_they_are() -> None:
    with scripted(good({"incidents": [{"id": "I1"}], "more": False})) as (pagerduty, script):
        assert pagerduty.open_incidents() == [{"id": "I1"}]
    asked = script.asked[0].query
    assert ("date_range", "all") in asked
    assert [value for name, value in asked if name == "statuses[]"] == ["triggered", "acknowledged"]


def test_a_persons_name_is_one_line() -> None:
    assert (
        person({"id": "U1", "name": "Ann\n:rotating_light: *Nobody*"}).name == "Ann :rotating_light: *Nobody*"
    )


def test_a_shift_listed_twice_is_one_shift_with_its_person() -> None:
    oncall = {
        "user": {"id": "U1", "name": "Aiko", "email": "aiko@example.com", "time_zone": "Asia/Tokyo"},
        "schedule": None, "escalation_level": 1, "start": None, "end": None,
        "escalation_policy": {"id": "E1", "summary": "Payments", "type": "escalation_policy_reference"},
    }  # fmt: skip
    with scripted(good({"oncalls": [oncall, oncall], "more": False})) as (pagerduty, _):
        shifts = pagerduty.on_calls(["E1"], DAY, DAY)
    assert len(shifts) == 1
    assert shifts[0].person == Person("U1", "Aiko", "aiko@example.com", "Asia/Tokyo")
    assert (shifts[0].policy_name, shifts[0].level, shifts[0].start) == ("Payments", 1, None)
