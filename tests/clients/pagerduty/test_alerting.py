"""What the alert path asks PagerDuty, against the sandbox over HTTP."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from clients.pagerduty.account import Account, account
from clients.pagerduty.scripted import bad, good, scripted
from sandbox.pagerduty.account import AIKO, BATCH, BEN, CARLA, CHECKOUT, KEY, NOON, POLICY
from toban.clients.pagerduty import writes
from toban.clients.pagerduty.alerting import (
    Happened,
    changes,
    happened,
    incident,
    levels,
    notes,
    open_incidents,
    responders,
)
from toban.domain.alerts.nouns import Alert, Event, Kind, Status
from toban.domain.people import Person
from toban.errors import PagerDutyRefused
from toban.sandbox.pagerduty.engine import tick

HOUR = timedelta(hours=1)
AIKO_BY_NAME = Person(AIKO, "Aiko")


@pytest.fixture
def company() -> Iterator[Account]:
    with account() as company:
        yield company


def told(company: Account) -> Happened:
    """Everything of the last hour."""
    now = company.clock()
    return happened(company.of(), now - HOUR, now + HOUR)


def kinds(events: tuple[Event, ...]) -> list[Kind]:
    return [event.kind for event in events]


def test_an_open_incident_is_read_with_its_people_and_their_addresses(company: Account) -> None:
    key = company.fire()

    (found,) = open_incidents(company.of())

    assert (found.id, found.title, found.status, found.low) == (
        key,
        "Disk 90 % full",
        Status.TRIGGERED,
        False,
    )
    assert (found.service_id, found.service_name) == (CHECKOUT, "Checkout")
    assert (found.policy_id, found.policy_name) == (POLICY, "Payments")
    assert (found.created_at, found.escalates_at) == (NOON, NOON + timedelta(minutes=10))
    assert found.assigned == (Person(AIKO, "Aiko", "aiko@example.com", "Asia/Tokyo"),)
    assert (found.acknowledged_by, found.alert_count, found.merged_into) == ((), 1, None)


def test_open_are_the_triggered_and_acknowledged_however_old_newest_first(company: Account) -> None:
    old, resolved = company.fire("old"), company.fire("resolved")
    company.fire("resolved", action="resolve")
    company.passes(days=40)
    new = company.fire("new")
    writes.acknowledge(company.of("ben"), new)

    found = open_incidents(company.of())

    assert [each.id for each in found] == [new, old]
    assert resolved not in {each.id for each in found}
    assert [each.email for each in found[0].acknowledged_by] == ["ben@example.com"]


def test_more_open_incidents_than_a_page_holds_are_all_there_once(company: Account) -> None:
    for number in range(120):
        company.fire(f"alert {number}")

    found = open_incidents(company.of())

    assert len(found) == len({each.id for each in found}) == 120


def test_a_single_incident_is_read_as_it_is_now(company: Account) -> None:
    key = company.fire()
    company.fire(action="resolve")

    found = incident(company.of(), key)

    assert (found.status, found.is_open, found.resolved_at, found.assigned) == (
        Status.RESOLVED,
        False,
        NOON,
        (),
    )
    with pytest.raises(PagerDutyRefused) as refused:
        incident(company.of(), "QNOBODY")
    assert refused.value.status == 404


def test_what_happened_is_told_oldest_first_without_who_was_rung(company: Account) -> None:
    key = company.fire()
    company.passes(seconds=30)
    writes.acknowledge(company.of("ben"), key)
    writes.add_note(company.of("ben"), key, "Looking <!here>")
    company.passes(seconds=30)
    writes.resolve(company.of(), key)

    found = told(company)

    assert kinds(found.events) == [
        Kind.TRIGGER, Kind.ASSIGN, Kind.ACKNOWLEDGE, Kind.ANNOTATE, Kind.RESOLVE
    ]  # fmt: skip
    trigger, assign, acknowledge, note, resolve = found.events
    assert (trigger.by, trigger.at, trigger.channel) == (None, NOON, "api")
    assert (assign.by, assign.to, assign.by_timeout) == (None, (AIKO_BY_NAME,), True)
    assert (acknowledge.by, acknowledge.at) == (Person(BEN, "Ben"), NOON + timedelta(seconds=30))
    assert (note.text, note.by) == ("Looking <!here>", Person(BEN, "Ben"))
    assert (resolve.by, resolve.incident_id) == (AIKO_BY_NAME, key)


def test_an_incident_that_came_and_went_is_told_with_its_last_state(company: Account) -> None:
    key = company.fire()
    company.passes(seconds=40)
    company.fire(action="resolve")

    found = told(company)

    assert found.incidents.keys() == {key}
    assert (found.incidents[key].status, found.incidents[key].resolved_at) == (
        Status.RESOLVED,
        company.clock(),
    )


def test_what_lies_outside_the_time_asked_for_is_not_told(company: Account) -> None:
    company.fire("early")
    company.passes(hours=2)
    late = company.fire("late")

    found = told(company)

    assert {event.incident_id for event in found.events} == {late}
    assert found.incidents.keys() == found.alerts.keys() == {late}
    assert happened(company.of(), NOON, NOON) == Happened((), {}, {})


def test_an_escalation_to_two_people_is_one_event(company: Account) -> None:
    key = company.fire()
    company.passes(minutes=10)
    tick(company.world)

    escalations = [event for event in told(company).events if event.kind is Kind.ESCALATE]

    (one,) = escalations
    entries = [each for each in company.world.entries.of(key) if each["type"] == "escalate_log_entry"]
    assert len(entries) == 2
    assert one.id == min(each["id"] for each in entries)
    assert {person.id for person in one.to} == {CARLA, BEN}
    assert one.by_timeout


def test_a_snooze_says_until_when_and_its_end_asks_anew(company: Account) -> None:
    key = company.fire()
    writes.snooze(company.of(), key, 600)
    company.passes(minutes=10)
    tick(company.world)

    found = told(company)

    (snooze,) = [event for event in found.events if event.kind is Kind.SNOOZE]
    assert (snooze.until, snooze.by) == (NOON + timedelta(minutes=10), AIKO_BY_NAME)
    assert kinds(found.events)[-1] is Kind.UNACKNOWLEDGE
    assert found.events[-1].by_timeout


def test_a_reopened_incident_and_one_with_more_responders_are_told(company: Account) -> None:
    key = company.fire()
    writes.resolve(company.of(), key)
    company.of().put(f"incidents/{key}", {"incident": {"type": "incident_reference", "status": "triggered"}})
    writes.request_responders(company.of(), key, AIKO, [CARLA], "Please join")

    found = told(company)

    told_kinds = kinds(found.events)
    assert told_kinds.index(Kind.REOPEN) > told_kinds.index(Kind.RESOLVE)
    (asked,) = [event for event in found.events if event.kind is Kind.RESPONDERS]
    assert (asked.text, asked.to) == ("Responder request sent to Carla", (Person(CARLA, "Carla"),))
    assert responders(company.of(), key) == {CARLA}
    assert responders(company.of(), company.fire("another")) == set()


def test_a_merged_incident_is_known_as_one(company: Account) -> None:
    target, source = company.fire("target"), company.fire("source")
    body = {"source_incidents": [{"id": source, "type": "incident_reference"}]}
    company.of().put(f"incidents/{target}/merge", body)

    found = told(company).incidents

    into = found[source].merged_into
    assert into is not None
    assert (into.label or "").startswith(f"[#{found[target].number}] ")
    assert found[target].merged_into is None
    assert found[target].alert_count == 2


def test_the_first_alert_is_read_with_its_tool_severity_and_body(company: Account) -> None:
    details = {"device": "/dev/sda1", "owner": "ops@example.com", "usage": {"percent": 91.2}}
    key = company.fire(client="Datadog US1", payload={"custom_details": details})

    assert told(company).alerts == {
        key: Alert("Datadog", "critical", "device: /dev/sda1\nowner: [removed]\nusage.percent: 91.2")
    }


@pytest.mark.parametrize("number", [1, 8])
def test_accounts_that_give_mere_references_are_read_all_the_same(number: int) -> None:
    with account(embed_incidents=False) as company:
        keys = [company.fire(f"alert {each}") for each in range(number)]
        company.fire("alert 0", action="resolve")

        found = told(company)

    assert set(found.incidents) == set(keys)
    assert [found.incidents[key].status for key in keys[:1]] == [Status.RESOLVED]


def test_only_a_few_references_are_fetched_one_by_one() -> None:
    with account(embed_incidents=False) as company:
        for each in range(30):
            company.fire(f"alert {each}")
        pagerduty = company.of()
        happened(pagerduty, NOON - HOUR, NOON + HOUR)

    assert pagerduty.api_calls < 5


def test_the_state_changed_last_counts_where_pages_differ() -> None:
    def entry(key: str, status: str, updated_at: str) -> dict[str, object]:
        carried = {
            "id": "Q1",
            "status": status,
            "created_at": "2026-03-04T12:00:00Z",
            "updated_at": updated_at,
        }
        at = "2026-03-04T12:00:00Z"
        return {"id": key, "type": "annotate_log_entry", "created_at": at, "incident": carried}

    rows = [entry("B", "resolved", "2026-03-04T12:05:00Z"), entry("A", "triggered", "2026-03-04T12:00:00Z")]
    for log_entries in (rows, rows[::-1]):
        with scripted(good({"log_entries": log_entries, "total": 2, "more": False})) as (pagerduty, _):
            found = happened(pagerduty, NOON, NOON + HOUR)
        assert found.incidents["Q1"].status is Status.RESOLVED


def test_notes_are_read_oldest_first_with_when_they_were_edited(company: Account) -> None:
    key = company.fire()
    first = writes.add_note(company.of(), key, "first")
    company.passes(minutes=1)
    writes.add_note(company.of("ben"), key, "second")
    company.passes(minutes=1)
    company.of().put(f"incidents/{key}/notes/{first['id']}", {"note": {"content": "first, edited"}})

    one, two = notes(company.of(), key)

    assert (one.id, one.content, one.by) == (first["id"], "first, edited", AIKO_BY_NAME)
    assert (one.created_at, one.updated_at) == (NOON, NOON + timedelta(minutes=2))
    assert (two.content, two.created_at, two.updated_at) == ("second", *2 * [NOON + timedelta(minutes=1)])


def test_a_note_by_a_machine_has_nobody_behind_it() -> None:
    bot = {"id": "N1", "content": "Ran.", "created_at": "2026-03-04T12:00:00Z", "updated_at": None}
    with scripted(good({"notes": [bot | {"user": {"id": "S1", "type": "bot_user_reference"}}]})) as (one, _):
        (note,) = notes(one, "Q1")
    assert (note.by, note.updated_at) == (None, NOON)
    with scripted(good({"notes": None})) as (none, _):
        assert notes(none, "Q1") == []


def test_levels_are_who_is_on_call_at_that_moment(company: Account) -> None:
    handover = datetime.fromisoformat("2026-03-09T10:00:00+09:00")
    pagerduty = company.of()

    assert {
        level: [person.id for person in people]
        for level, people in levels(pagerduty, [POLICY], NOON)[POLICY].items()
    } == {1: [AIKO], 2: [BEN, CARLA]}
    before, after = (
        levels(pagerduty, {POLICY}, handover + step) for step in (-timedelta(seconds=1), 0 * HOUR)
    )
    assert [before[POLICY][1][0].email, after[POLICY][1][0].email] == ["aiko@example.com", "ben@example.com"]
    assert len(after[POLICY][1]) == 1


def test_without_policies_nothing_is_asked_and_an_unknown_one_has_no_levels(company: Account) -> None:
    pagerduty = company.of()
    assert levels(pagerduty, [], NOON) == {}
    assert pagerduty.api_calls == 0
    assert levels(pagerduty, ["ENOBODY"], NOON) == {}


def test_changes_of_a_service_are_those_within_the_time_newest_first(company: Account) -> None:
    def change(summary: str, at: str, *links: str) -> None:
        payload = {"summary": summary, "source": "deploys", "timestamp": at}
        body = {"routing_key": KEY, "payload": payload, "links": [{"href": link} for link in links]}
        company.of().post("v2/change/enqueue", body)

    change("too old", "2026-03-04T09:00:00Z")
    change("first", "2026-03-04T11:00:00Z", "javascript:alert(1)", "https://ci.example.com/2")
    change("second", "2026-03-04T11:30:00Z")

    found = changes(company.of(), CHECKOUT, NOON - 2 * HOUR, NOON)

    assert [(each.summary, each.source, each.url) for each in found] == [
        ("second", "deploys", None),
        ("first", "deploys", "https://ci.example.com/2"),
    ]
    assert changes(company.of(), BATCH, NOON - 2 * HOUR, NOON) == []


@pytest.mark.parametrize("status", [402, 403, 404])
def test_an_account_without_change_events_has_none(status: int) -> None:
    with scripted(bad(status)) as (pagerduty, _):
        assert changes(pagerduty, CHECKOUT, NOON - HOUR, NOON) == []


def test_a_refusal_for_another_reason_is_told() -> None:
    with scripted(bad(400)) as (pagerduty, _), pytest.raises(PagerDutyRefused):
        changes(pagerduty, CHECKOUT, NOON - HOUR, NOON)


def test_open_incidents_repeated_by_a_page_that_moved_are_there_once() -> None:
    row = {"id": "Q1", "status": "triggered", "created_at": "2026-03-04T12:00:00Z"}
    first, last = {"incidents": [row], "more": True}, {"incidents": [row], "more": False}
    with scripted(good(first), good(last)) as (pagerduty, script):
        assert [each.id for each in open_incidents(pagerduty)] == ["Q1"]
    assert ("include[]", "assignees") in script.asked[0].query
