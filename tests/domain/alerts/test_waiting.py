"""When the first mention of an alert may wait, and everything that ends the waiting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts.incidents import ACTING, AIKO, BEN, LEVELS, MINUTE, START, at, incident, said, thread
from toban.domain.alerts.actions import Call, Escalate, Open, Remind
from toban.domain.alerts.message import head_message
from toban.domain.alerts.next_actions import next_actions
from toban.domain.alerts.nouns import Form, Round, Status
from toban.domain.alerts.policy import Quiet
from toban.domain.alerts.said import Said
from toban.domain.alerts.speech import Speech
from toban.domain.alerts.waiting import end_of_wait, is_to_be_judged, waits_until
from toban.locale import language

WAITING = replace(ACTING, transients_wait=5 * MINUTE)
TOKYO = ZoneInfo("Asia/Tokyo")


def held(*keys: str, until: float = 5, **given: Any) -> Said:
    return replace(said("alert:Q1", *keys, mention_at=at(until), **given), head_at=START)


def names(found: Said, minutes: float, **given: Any) -> list[str]:
    actions = next_actions(incident(**given), found, LEVELS, WAITING, at(minutes))
    return [type(action).__name__ for action in actions]


def test_the_head_does_not_ring_where_a_verdict_decides() -> None:
    found = said(mention_at=START)
    assert next_actions(incident(), found, LEVELS, WAITING, START) == (Open("alert:Q1", rings=False),)


def test_without_a_decision_the_mention_is_due_at_once() -> None:
    assert next_actions(incident(), held(until=0), LEVELS, WAITING, at(0.1)) == (Call("call:Q1:0", (AIKO,)),)


def test_while_it_waits_nothing_is_said_and_then_once() -> None:
    assert [names(held(), minute) for minute in (0.1, 3, 4.9)] == [[], [], []]
    assert names(held(), 5) == ["Call"]
    assert names(held("call:Q1:0"), 6) == []


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.RESOLVED])
def test_what_somebody_has_or_is_over_is_never_mentioned(status: Status) -> None:
    assert names(held(), 6, status=status) == []


def test_reminders_count_from_the_mention() -> None:
    assert names(held("call:Q1:0"), 7) == []
    (reminder,) = next_actions(incident(), held("call:Q1:0"), LEVELS, WAITING, at(8))
    assert reminder == Remind("reminder:Q1:0:1", (AIKO,), 8 * MINUTE)


def test_escalation_counts_from_the_alert() -> None:
    actions = next_actions(incident(), held("call:Q1:0"), LEVELS, WAITING, at(10))
    assert [action.level for action in actions if isinstance(action, Escalate)] == [2]


def test_whoever_is_asked_next_is_called_at_once() -> None:
    later = Round(1, at(2), at(2), ("PBEN",), 2)
    actions = next_actions(incident(assigned=(BEN,)), held(round=later), LEVELS, WAITING, at(2))
    assert actions == (Call("call:Q1:1", (BEN,)),)


def test_a_priority_that_rises_ends_the_waiting() -> None:
    assert names(held(), 2, priority="P1") == ["Call"]
    assert names(held("call:Q1:0"), 3, priority="P1") == ["Remind"]


def test_nobody_assigned_any_more_is_said_at_once() -> None:
    assert names(held(), 2, assigned=()) == ["Unmanned", "Escalate"]


@pytest.mark.parametrize(
    "given",
    [
        {"priority": "P1"},
        {"assigned": ()},
        {"status": Status.ACKNOWLEDGED},
        {"status": Status.RESOLVED},
        {"created_at": at(-5)},
    ],
)
def test_an_incident_that_is_not_left_to_a_verdict(given: dict[str, Any]) -> None:
    assert is_to_be_judged(incident(), thread(), WAITING, START)
    assert not is_to_be_judged(incident(**given), thread(), WAITING, START)


@pytest.mark.parametrize(
    "given",
    [{"form": Form.STORM}, {"form": Form.LIST}, {"round": Round(0, START, START, ("PAIKO",), 2)},
     {"round": Round(1, START, START, ("PAIKO",), 1)}],
)  # fmt: skip
def test_a_thread_that_is_not_left_to_a_verdict(given: dict[str, Any]) -> None:
    assert not is_to_be_judged(incident(), thread(**given), WAITING, START)


def test_a_team_that_did_not_choose_it_or_must_not_be_rung_is_as_before() -> None:
    assert not is_to_be_judged(incident(), thread(), ACTING, START)
    assert not is_to_be_judged(incident(), thread(), replace(WAITING, rings=False), START)
    quiet = Quiet((START - MINUTE).time(), (START + MINUTE).time(), ZoneInfo("UTC"))
    assert not is_to_be_judged(incident(urgency="low"), thread(), replace(WAITING, quiet=quiet), START)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.integers(1, 10))  # noqa: DTZ001 - bounds
def test_it_never_waits_longer_than_chosen_and_to_a_whole_minute(began: datetime, minutes: int) -> None:
    wait = timedelta(minutes=minutes)
    until = end_of_wait(incident(created_at=began), replace(ACTING, transients_wait=wait))
    assert until is not None
    assert until - wait <= began
    assert until.second == until.microsecond == 0


@pytest.mark.parametrize(
    ("began", "shown"),
    [("2026-10-25T00:57:30+00:00", "02:02"), ("2026-03-29T00:57:30+00:00", "03:02")],
)
def test_through_a_change_of_the_clocks_it_waits_real_minutes(began: str, shown: str) -> None:
    start = datetime.fromisoformat(began)
    asked = incident(created_at=start)
    until = end_of_wait(asked, WAITING)
    assert until == start + timedelta(minutes=4, seconds=30)
    found = thread(mention_at=until, round=Round(0, start, start, ("PAIKO",), 1))
    waits = waits_until(asked, found, until - MINUTE)
    speech = Speech(language("en"), ZoneInfo("Europe/Berlin"), {})
    head = head_message(asked, found, speech, rings=False, waits=waits)
    assert f"if it is still open, Aiko Tanaka will be mentioned at {shown}." in head.blocks[1]["text"]["text"]
    assert waits_until(asked, found, until) is None


def test_the_head_says_it_in_japanese_and_rings_nobody() -> None:
    speech = Speech(language("ja"), TOKYO, {"PAIKO": "<@U1>"})
    head = head_message(incident(), thread(), speech, rings=False, waits=at(5))
    text = head.blocks[1]["text"]["text"]
    assert "03:05になっても続いていれば、Aiko Tanakaさんをメンションします。" in text
    assert "<@" not in str(head)
