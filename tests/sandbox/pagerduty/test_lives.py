"""What happens to an incident, and which log entries tell of it."""

import pytest

from sandbox.pagerduty.account import AIKO, BATCH, BEN, CARLA, Clock, kinds, small_world, triggered
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.pagerduty.life.actors import Actor, by_user
from toban.sandbox.pagerduty.life.edits import LONGEST_SNOOZE_S, snooze
from toban.sandbox.pagerduty.life.merging import merge
from toban.sandbox.pagerduty.life.statuses import acknowledge, resolve
from toban.sandbox.pagerduty.life.updating import update
from toban.sandbox.pagerduty.refusals import RefusedError


def person(world: World, key: str) -> Actor:
    user = world.directory.find("users", key)
    assert user
    return by_user(user, "website")


def assigned(incident: dict) -> list[str]:
    return [one["assignee"]["id"] for one in incident["assignments"]]


def pending(incident: dict) -> dict[str, str]:
    return {action["type"]: action["at"] for action in incident["pending_actions"]}


def test_a_new_incident_goes_to_whoever_is_on_call_and_rings_at_once(world: World) -> None:
    incident = triggered(world)
    assert assigned(incident) == [AIKO]
    assert kinds(world, incident) == ["trigger", "assign", "notify"]
    notification = world.entries.of(incident["id"])[-1]["channel"]["notification"]
    assert notification["type"] == "push_notification"
    assert pending(incident) == {"escalate": "2026-03-04T12:10:00Z"}


def test_a_delayed_rule_rings_later_unless_somebody_acknowledged(world: World, clock: Clock) -> None:
    rung, quiet = triggered(world, title="one"), triggered(world, title="two")
    with world.changing():
        acknowledge(world, quiet, person(world, AIKO))
    clock.pass_by(minutes=5)
    tick(world)
    assert kinds(world, rung).count("notify") == 2
    assert kinds(world, quiet).count("notify") == 1


def test_nobody_answering_escalates_to_everyone_on_the_next_level(world: World, clock: Clock) -> None:
    incident = triggered(world)
    clock.pass_by(minutes=10)
    assert tick(world) == 1
    assert assigned(incident) == [CARLA, BEN]
    raised = [entry for entry in world.entries.of(incident["id"]) if entry["type"] == "escalate_log_entry"]
    assert len(raised) == 2
    assert len({entry["created_at"] for entry in raised}) == 1
    assert {entry["agent"]["type"] for entry in raised} == {"service_reference"}
    assert raised[0]["channel"]["type"] == "auto"


def test_the_policy_starts_again_as_often_as_its_loops_say(world: World, clock: Clock) -> None:
    incident = triggered(world)
    levels = []
    for minutes in (10, 20, 10, 60):
        clock.pass_by(minutes=minutes)
        tick(world)
        levels.append(assigned(incident)[0])
    assert levels == [CARLA, AIKO, CARLA, CARLA]
    assert "repeat_escalation_path" in kinds(world, incident)
    assert pending(incident) == {}


def test_low_urgency_never_escalates(world: World, clock: Clock) -> None:
    incident = triggered(world, BATCH)
    assert list(pending(incident)) == ["resolve"]
    clock.pass_by(minutes=45)
    assert tick(world) == 0
    with pytest.raises(RefusedError) as refused:
        update(world, incident, {"escalation_level": 2}, person(world, AIKO))
    assert refused.value.code == 1006


def test_an_acknowledgement_lapses_and_rings_again(world: World, clock: Clock) -> None:
    incident = triggered(world)
    with world.changing():
        acknowledge(world, incident, person(world, AIKO))
    assert pending(incident) == {"unacknowledge": "2026-03-04T12:30:00Z"}
    clock.pass_by(minutes=30)
    tick(world)
    assert incident["status"] == "triggered"
    assert incident["acknowledgements"] == []
    lapsed = next(e for e in world.entries.of(incident["id"]) if e["type"] == "unacknowledge_log_entry")
    assert (lapsed["agent"]["type"], lapsed["channel"]["type"]) == ("service_reference", "timeout")
    assert kinds(world, incident)[-1] == "notify"
    assert "escalate" in pending(incident)


def test_an_incident_resolves_itself_when_its_service_says_so(world: World, clock: Clock) -> None:
    incident = triggered(world, BATCH)
    clock.pass_by(hours=1)
    tick(world)
    assert incident["status"] == "resolved"
    end = world.entries.of(incident["id"])[-1]
    assert (end["agent"]["type"], end["channel"]["type"]) == ("service_reference", "timeout")


def test_a_resolved_incident_has_neither_assignments_nor_acknowledgements(world: World) -> None:
    incident = triggered(world)
    with world.changing():
        acknowledge(world, incident, person(world, AIKO))
        assert incident["acknowledgements"][0]["acknowledger"]["id"] == AIKO
        resolve(world, incident, person(world, BEN))
    assert (incident["assignments"], incident["acknowledgements"], incident["pending_actions"]) == (
        [],
        [],
        [],
    )
    assert incident["alert_counts"] == {"all": 1, "triggered": 0, "resolved": 1}
    assert world.alerts[incident["id"]][0]["status"] == "resolved"


def test_acknowledging_twice_is_refused_but_a_second_person_may(world: World) -> None:
    incident = triggered(world)
    with world.changing():
        acknowledge(world, incident, person(world, AIKO))
        with pytest.raises(RefusedError) as refused:
            acknowledge(world, incident, person(world, AIKO))
        acknowledge(world, incident, person(world, BEN))
    assert refused.value.code == 1002
    assert len(incident["acknowledgements"]) == 2


def test_resolving_twice_is_refused(world: World) -> None:
    incident = triggered(world)
    resolve(world, incident, person(world, AIKO))
    with pytest.raises(RefusedError) as refused:
        resolve(world, incident, person(world, AIKO))
    assert refused.value.code == 1001


def test_a_reopened_incident_is_assigned_again(world: World) -> None:
    incident = triggered(world)
    resolve(world, incident, person(world, AIKO))
    update(world, incident, {"status": "triggered"}, person(world, BEN))
    assert (incident["status"], incident["resolved_at"]) == ("triggered", None)
    assert assigned(incident) == [AIKO]
    assert incident in world.incidents.open()


def test_reopening_as_acknowledged_gives_it_to_whoever_asked(world: World) -> None:
    incident = triggered(world)
    resolve(world, incident, person(world, AIKO))
    update(world, incident, {"status": "acknowledged"}, person(world, BEN))
    assert assigned(incident) == [BEN]


def test_escalating_by_hand_ends_the_acknowledgement_and_is_signed(world: World) -> None:
    incident = triggered(world)
    acknowledge(world, incident, person(world, AIKO))
    update(world, incident, {"escalation_level": 2}, person(world, AIKO))
    assert (incident["status"], incident["acknowledgements"]) == ("triggered", [])
    raised = next(e for e in world.entries.of(incident["id"]) if e["type"] == "escalate_log_entry")
    assert raised["agent"]["id"] == AIKO


@pytest.mark.parametrize("level", [0, 3, "two"])
def test_a_level_that_does_not_exist_is_refused(world: World, level: object) -> None:
    with pytest.raises(RefusedError) as refused:
        update(world, triggered(world), {"escalation_level": level}, person(world, AIKO))
    assert refused.value.code == 1006


def test_what_was_assigned_directly_no_longer_escalates(world: World) -> None:
    incident = triggered(world)
    body = {"assignments": [{"assignee": {"id": CARLA, "type": "user_reference"}}]}
    update(world, incident, body, person(world, AIKO))
    assert assigned(incident) == [CARLA]
    assert incident["assigned_via"] == "direct_assignment"
    assert pending(incident) == {}


def test_a_snooze_ends_by_itself(world: World, clock: Clock) -> None:
    incident = triggered(world)
    with world.changing():
        snooze(world, incident, 7200, person(world, AIKO))
    assert incident["status"] == "acknowledged"
    assert pending(incident) == {"unacknowledge": "2026-03-04T14:00:00Z"}
    entry = next(e for e in world.entries.of(incident["id"]) if e["type"] == "snooze_log_entry")
    assert entry["channel"]["duration"] == 7200
    clock.pass_by(hours=2)
    tick(world)
    assert incident["status"] == "triggered"
    with pytest.raises(RefusedError):
        snooze(world, incident, LONGEST_SNOOZE_S + 1, person(world, AIKO))


def test_a_merged_incident_is_resolved_and_its_alerts_move(world: World) -> None:
    target, source = triggered(world, title="one"), triggered(world, title="two")
    with world.changing():
        merge(world, target, [source], person(world, AIKO))
    assert source["status"] == "resolved"
    assert source["resolve_reason"]["incident"]["id"] == target["id"]
    assert target["alert_counts"]["all"] == 2
    assert "link" in kinds(world, target)
    with pytest.raises(RefusedError) as refused:
        merge(world, target, [source], person(world, AIKO))
    assert refused.value.code == 1019


def test_a_gap_in_the_schedule_rings_the_next_level() -> None:
    late = Clock()
    world = small_world(late)
    schedule = world.directory.find("schedules", "DPAYMENTS")
    assert schedule
    schedule["schedule_layers"][0]["end"] = "2026-02-01T00:00:00Z"
    assert assigned(triggered(world)) == [CARLA, BEN]


def test_an_incident_from_a_history_keeps_its_own_pending_actions_and_level() -> None:
    """A history without pending actions stays as it is, however late it is now."""
    service = {"id": "S1", "type": "service_reference", "summary": "Shop"}
    policy = {"id": "E1", "type": "escalation_policy_reference", "summary": "Shop"}
    incident = {
        "id": "Q1",
        "incident_number": 1,
        "title": "Old",
        "status": "triggered",
        "created_at": "2026-01-01T00:00:00Z",
        "service": service,
        "escalation_policy": policy,
    }
    entry = {"id": "R1", "type": "trigger_log_entry", "created_at": "2026-01-01T00:00:00Z", "agent": service}
    world = World.from_history({}, [{"incident": incident, "log_entries": [entry]}], now=Clock())
    assert tick(world) == 0
    (kept,) = world.incidents.open()
    assert kept["first_trigger_log_entry"]["id"] == "R1"
    assert world.directory.find("services", "S1")
