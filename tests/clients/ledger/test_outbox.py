"""The outbox gives each event to one sender at a time, in order, until PagerDuty has answered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from toban.clients.ledger import Ledger
from toban.clients.ledger.outbox import Outbox, Waiting

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def outbox(ledger: Ledger) -> Outbox:
    return ledger.outbox


def event(key: str, action: str = "trigger") -> dict[str, Any]:
    return {"event_action": action, "dedup_key": key, "payload": {"summary": f"障害 {key}"}}


def take(outbox: Outbox, at: datetime = NOON, limit: int = 10, intake: str = "own") -> list[Waiting]:
    return outbox.take(intake, now=at, limit=limit, lease=LEASE)


def keys(taken: list[Waiting]) -> list[str]:
    return [f"{each.event['event_action']} {each.event['dedup_key']}" for each in taken]


def test_events_come_out_as_they_went_in_oldest_first(outbox: Outbox) -> None:
    outbox.put("own", [event("b"), event("a")], now=NOON)
    outbox.put("own", [event("c")], now=NOON - SECOND)
    taken = take(outbox)
    assert [each.event for each in taken] == [event("c"), event("b"), event("a")]
    assert taken[1].received_at == NOON
    assert [each.attempts for each in taken] == [1, 1, 1]


def test_an_event_is_given_to_one_sender_until_its_lease_ends(outbox: Outbox) -> None:
    outbox.put("own", [event("a")], now=NOON)
    assert len(take(outbox)) == 1
    assert take(outbox, NOON + LEASE - SECOND) == []
    (again,) = take(outbox, NOON + LEASE)
    assert again.attempts == 2


def test_a_resolve_waits_until_its_trigger_is_settled(outbox: Outbox) -> None:
    outbox.put("own", [event("a"), event("a", "resolve"), event("b")], now=NOON)
    trigger, other = take(outbox)
    assert keys([trigger, other]) == ["trigger a", "trigger b"]
    outbox.postpone(trigger, "it was down", until=NOON + LEASE * 5)
    assert take(outbox, NOON + LEASE - SECOND) == [], "b is leased, a's resolve may not overtake"
    outbox.settle(trigger, now=NOON)
    assert keys(take(outbox, NOON)) == ["resolve a"]


def test_a_refused_trigger_does_not_hold_up_its_resolve(outbox: Outbox) -> None:
    outbox.put("own", [event("a"), event("a", "resolve")], now=NOON)
    (trigger,) = take(outbox)
    outbox.settle(trigger, now=NOON, refusal="no such key")
    assert keys(take(outbox)) == ["resolve a"]


def test_what_was_not_tried_is_due_again_and_counts_no_attempt(outbox: Outbox) -> None:
    outbox.put("own", [event("a")], now=NOON)
    outbox.put_back(take(outbox), until=NOON + SECOND)
    assert take(outbox) == []
    (again,) = take(outbox, NOON + SECOND)
    assert again.attempts == 1


def test_one_intake_s_events_are_no_other_s(outbox: Outbox) -> None:
    outbox.put("own", [event("a")], now=NOON)
    assert take(outbox, intake="other") == []


def test_many_events_are_kept_at_once(outbox: Outbox) -> None:
    outbox.put("own", [event(f"k{n}") for n in range(3_000)], now=NOON)
    assert len(take(outbox, limit=2_500)) == 2_500


def test_senders_at_the_same_time_share_the_events_without_one_twice(outbox: Outbox) -> None:
    outbox.put("own", [event(f"k{n}") for n in range(60)], now=NOON)
    with ThreadPoolExecutor(6) as pool:
        taken = [each.id for batch in pool.map(lambda _: take(outbox, limit=20), range(6)) for each in batch]
    assert len(taken) == len(set(taken)) >= 20


def test_answered_calls_of_the_last_minute_are_counted(outbox: Outbox) -> None:
    outbox.put("own", [event("a"), event("b"), event("c")], now=NOON)
    one, two, _ = take(outbox)
    outbox.settle(one, now=NOON)
    outbox.settle(two, now=NOON + LEASE, refusal="no")
    assert outbox.settled_since("own", NOON) == 2
    assert outbox.settled_since("own", NOON + SECOND) == 1
    assert outbox.settled_since("other", NOON) == 0


def test_only_what_is_settled_is_forgotten(outbox: Outbox) -> None:
    outbox.put("own", [event("a"), event("b")], now=NOON)
    outbox.settle(take(outbox, limit=1)[0], now=NOON)
    assert outbox.forget(NOON) == 0
    assert outbox.forget(NOON + SECOND) == 1
    assert keys(take(outbox)) == ["trigger b"]


def test_how_an_intake_stands(outbox: Outbox) -> None:
    outbox.put("own", [event("a"), event("b"), event("c")], now=NOON)
    outbox.put("zoo", [event("d")], now=NOON + SECOND)
    one, two, _ = take(outbox)
    outbox.settle(one, now=NOON, refusal="no such\x00key")
    outbox.settle(two, now=NOON)
    own, zoo = outbox.standings()
    assert (own.intake, own.waiting, own.waiting_since, own.refused) == ("own", 1, NOON, 1)
    assert own.reason == "no suchkey"
    assert (zoo.last_received_at, zoo.refused, zoo.reason) == (NOON + SECOND, 0, None)
