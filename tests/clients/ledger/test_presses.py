"""A press twice is one row, on both engines, also by many at once; it is carried out by one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toban.clients.ledger import Intent, Ledger
from toban.clients.ledger.presses import LEASE
from toban.domain.presses.nouns import Action, Outcome, Press

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def press(key: str = "acknowledge:Q1:0", user: str = "U0AIKO", at: datetime = NOW) -> Press:
    value = {"round": 0, "text": "満杯 \\u0000"}
    return Press(key, "Q1", Action.ACKNOWLEDGE, user, "T0", "https://hooks.slack.com/x", at, value)


def test_what_is_recorded_comes_back_whole(ledger: Ledger) -> None:
    assert ledger.presses.record(press())
    assert ledger.presses.pending(NOW) == [press()]


def test_a_press_twice_by_whomever_is_one(ledger: Ledger) -> None:
    assert ledger.presses.record(press())
    assert not ledger.presses.record(press())
    assert not ledger.presses.record(press(user="U0BEN", at=NOW + SECOND))
    assert ledger.presses.pending(NOW) == [press()]


def test_of_many_at_once_one_is_new(ledger_url: str) -> None:
    Ledger(ledger_url).migrate()
    with ThreadPoolExecutor(12) as crowd:
        new = list(
            crowd.map(lambda each: Ledger(ledger_url).presses.record(press(user=f"U0{each}")), range(12))
        )
    assert sorted(new) == [False] * 11 + [True]


def test_of_many_passes_one_carries_it_out(ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    ledger.migrate()
    ledger.presses.record(press())
    (waiting,) = ledger.presses.pending(NOW)
    with ThreadPoolExecutor(8) as passes:
        begun = list(passes.map(lambda _: Ledger(ledger_url).presses.begin(waiting, now=NOW), range(8)))
    assert sorted(begun) == [False] * 7 + [True]


def test_they_wait_in_their_order(ledger: Ledger) -> None:
    for number in (3, 1, 2):
        ledger.presses.record(press(key=f"note:Q1:0:{number}", at=NOW + number * SECOND))
    assert [each.key[-1] for each in ledger.presses.pending(NOW)] == ["1", "2", "3"]


def test_what_was_begun_waits_for_the_lease_and_says_so(ledger: Ledger) -> None:
    ledger.presses.record(press())
    assert ledger.presses.begin(press(), now=NOW)
    assert ledger.presses.pending(NOW + LEASE - SECOND) == []
    (left,) = ledger.presses.pending(NOW + LEASE)
    assert left == replace(press(), begun_at=NOW)
    assert not ledger.presses.begin(press(), now=NOW + LEASE), "it has been begun since this was read"
    assert ledger.presses.begin(left, now=NOW + LEASE)


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.ALREADY])
def test_what_was_done_is_not_pressed_again(ledger: Ledger, outcome: Outcome) -> None:
    ledger.presses.record(press())
    ledger.presses.finish(press(), outcome, incident_id="Q1", now=NOW)
    assert not ledger.presses.record(press(user="U0BEN"))
    assert ledger.presses.pending(NOW + LEASE) == []
    assert not ledger.presses.begin(press(), now=NOW)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.FAILED])
def test_where_nothing_was_done_others_may_press_and_the_press_is_kept(
    ledger: Ledger, outcome: Outcome
) -> None:
    ledger.presses.record(press())
    ledger.presses.finish(press(), outcome, incident_id="Q1", now=NOW)
    later = press(user="U0BEN", at=NOW + SECOND)
    assert ledger.presses.record(later)
    kept = [(each.slack_user, became) for each, became in ledger.presses.of_incident("Q1")]
    assert kept == [("U0AIKO", outcome), ("U0BEN", None)]


def test_where_to_answer_is_forgotten_when_it_is_over(ledger: Ledger) -> None:
    ledger.presses.record(replace(press(), incident_id=""))
    ledger.presses.finish(press(), Outcome.DONE, incident_id="Q7", now=NOW)
    ((kept, _),) = ledger.presses.of_incident("Q7")
    assert kept.response_url is None


def test_a_message_is_found_by_its_place(ledger: Ledger) -> None:
    intent = Intent("alert:Q1", "message", "#oncall", None, "hash")
    claim = ledger.claim(intent, now=NOW, lease=LEASE)
    assert ledger.presses.message_key("C0ONCALL", "1.2") is None
    ledger.confirm(claim, "C0ONCALL", "1.2", "hash", now=NOW)
    assert ledger.presses.message_key("C0ONCALL", "1.2") == "alert:Q1"
    assert ledger.presses.message_key("C0OTHER", "1.2") is None
