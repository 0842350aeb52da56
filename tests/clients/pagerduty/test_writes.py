"""Writing to the sandbox's PagerDuty, each time in a person's own name."""

from collections.abc import Iterator
from typing import Any

import pytest

from clients.pagerduty.scripted import bad, good, scripted
from sandbox.pagerduty.account import AIKO, BEN, CARLA, CHECKOUT, KEY, Clock, small_world
from sandbox_server import running
from toban.clients.pagerduty import PagerDuty, writes
from toban.domain.people import Person
from toban.errors import PagerDutyRefused, PagerDutyUnavailable
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.opening import Opening, trigger


@pytest.fixture
def world() -> World:
    return small_world(Clock())


@pytest.fixture
def pagerduty(world: World) -> Iterator[PagerDuty]:
    with running(create_app(world, ticking=False)) as url:
        yield PagerDuty("test", url, from_email="aiko@example.com", sleep=lambda _: None)


@pytest.fixture
def incident(world: World) -> dict[str, Any]:
    service, user = world.directory.find("services", CHECKOUT), world.directory.find("users", AIKO)
    assert service is not None
    assert user is not None
    return trigger(world, Opening(title="Disk", service=service, key=KEY), by_user(user))


def assigned(incident: dict[str, Any]) -> list[str]:
    return [one["assignee"]["id"] for one in incident["assignments"]]


def test_an_acknowledgement_is_the_persons_own(pagerduty: PagerDuty, incident: dict[str, Any]) -> None:
    done = writes.acknowledge(pagerduty, incident["id"], as_user="ben@example.com")
    assert done["status"] == "acknowledged"
    assert [each["acknowledger"]["id"] for each in incident["acknowledgements"]] == [BEN]


def test_without_a_person_it_is_in_the_configured_name(
    pagerduty: PagerDuty, incident: dict[str, Any]
) -> None:
    writes.acknowledge(pagerduty, incident["id"])
    assert [each["acknowledger"]["id"] for each in incident["acknowledgements"]] == [AIKO]


def test_what_is_so_already_is_a_refusal_with_its_code(
    pagerduty: PagerDuty, incident: dict[str, Any]
) -> None:
    writes.acknowledge(pagerduty, incident["id"])
    with pytest.raises(PagerDutyRefused) as again:
        writes.acknowledge(pagerduty, incident["id"])
    assert again.value.code == writes.ALREADY_ACKNOWLEDGED
    assert writes.resolve(pagerduty, incident["id"])["status"] == "resolved"
    with pytest.raises(PagerDutyRefused) as over:
        writes.resolve(pagerduty, incident["id"])
    assert (over.value.status, over.value.code) == (400, writes.ALREADY_RESOLVED)


def test_an_escalation_names_its_level(pagerduty: PagerDuty, incident: dict[str, Any]) -> None:
    assert assigned(writes.escalate(pagerduty, incident["id"], 2)) == [CARLA, BEN]
    with pytest.raises(PagerDutyRefused) as beyond:
        writes.escalate(pagerduty, incident["id"], 9)
    assert beyond.value.code == writes.CANNOT_ESCALATE


def test_people_are_assigned_or_asked_beside(
    world: World, pagerduty: PagerDuty, incident: dict[str, Any]
) -> None:
    assert assigned(writes.reassign(pagerduty, incident["id"], [BEN, CARLA])) == [BEN, CARLA]
    writes.request_responders(pagerduty, incident["id"], AIKO, [CARLA], "please look")
    (asked,) = world.incidents.open()[0]["incidents_responders"]
    assert (asked["user"]["id"], asked["requester"]["id"], asked["message"]) == (CARLA, AIKO, "please look")


def test_a_snooze_acknowledges_until_then(pagerduty: PagerDuty, incident: dict[str, Any]) -> None:
    snoozed = writes.snooze(pagerduty, incident["id"], 3600, as_user="ben@example.com")
    assert snoozed["status"] == "acknowledged"
    assert {"type": "unacknowledge", "at": "2026-03-04T13:00:00Z"} in snoozed["pending_actions"]


def test_a_note_is_its_authors(world: World, pagerduty: PagerDuty, incident: dict[str, Any]) -> None:
    writes.add_note(pagerduty, incident["id"], "Disk is full", as_user="ben@example.com")
    (note,) = world.notes[incident["id"]]
    assert (note["content"], note["user"]["id"]) == ("Disk is full", BEN)


def test_a_person_is_found_by_the_whole_address_alone(pagerduty: PagerDuty) -> None:
    found = writes.user_by_email(pagerduty, "BEN@example.com")
    assert isinstance(found, Person)
    assert found.id == BEN
    assert writes.user_by_email(pagerduty, "en@example.com") is None


def test_what_rings_people_is_not_sent_again_after_a_lost_answer() -> None:
    with scripted(bad(502), good({"incident": {}})) as (pagerduty, script):
        with pytest.raises(PagerDutyUnavailable):
            writes.escalate(pagerduty, "I1", 2)
        assert len(script.asked) == 1


def test_a_state_is_sent_again_after_a_lost_answer() -> None:
    with scripted(bad(502), good({"incident": {"id": "I1"}})) as (pagerduty, script):
        assert writes.resolve(pagerduty, "I1", as_user="ben@example.com") == {"id": "I1"}
    assert [each.headers["from"] for each in script.asked] == ["ben@example.com"] * 2
