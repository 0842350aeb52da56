"""What is so already is not done again, and the person is told by whom it was."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.alerts.incidents import AIKO, BEN, START, thread
from toban.domain.alerts.nouns import Status
from toban.domain.presses.nouns import Action, Answer, Outcome, Press
from toban.domain.presses.standing import Standing, objection
from toban.locale import language

BEGUN = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def press(action: Action, **more: Any) -> Press:
    return Press(f"{action.value}:Q1:0", "Q1", action, "U0AIKO", "T0", None, START, {"round": 0}, **more)


def asked(press: Press, **given: Any) -> Answer | None:
    usual: dict[str, Any] = {"status": Status.TRIGGERED, "low": False, "policy_id": "PPOL"}
    standing = Standing(**(usual | {"assigned": ("PAIKO",)} | given))
    return objection(press, standing, thread(), AIKO, language("en"))


def test_nothing_stands_against_what_is_not_so_yet() -> None:
    for action in (Action.ACKNOWLEDGE, Action.RESOLVE, Action.ESCALATE, Action.SNOOZE, Action.NOTE):
        assert asked(press(action)) is None


def test_who_acknowledged_it_is_named() -> None:
    answer = asked(press(Action.ACKNOWLEDGE), status=Status.ACKNOWLEDGED, acknowledged_by=(BEN,))
    assert answer == Answer(Outcome.ALREADY, "*Ben Ito* has acknowledged it already.")


def test_ones_own_unfinished_acknowledgement_is_done() -> None:
    taken = {"status": Status.ACKNOWLEDGED, "acknowledged_by": (AIKO,)}
    assert asked(press(Action.ACKNOWLEDGE, begun_at=BEGUN), **taken) == Answer(Outcome.DONE)
    by_ben = asked(press(Action.ACKNOWLEDGE, begun_at=BEGUN), **(taken | {"acknowledged_by": (BEN,)}))
    assert by_ben is not None
    assert by_ben.outcome is Outcome.ALREADY


def test_what_is_over_takes_notes_alone() -> None:
    over = {"status": Status.RESOLVED, "changed_by": BEN}
    assert asked(press(Action.NOTE), **over) is None
    for action in (Action.ACKNOWLEDGE, Action.RESOLVE, Action.ESCALATE, Action.SNOOZE):
        assert asked(press(action), **over) == Answer(Outcome.ALREADY, "*Ben Ito* has resolved it already.")
    tool = asked(press(Action.RESOLVE), status=Status.RESOLVED)
    assert tool == Answer(Outcome.ALREADY, "It is resolved already.")


def test_ones_own_unfinished_resolve_is_done() -> None:
    mine = replace(AIKO, email=None)  # PagerDuty's reference has no address
    answer = asked(press(Action.RESOLVE, begun_at=BEGUN), status=Status.RESOLVED, changed_by=mine)
    assert answer == Answer(Outcome.DONE)


def test_low_urgency_is_not_escalated() -> None:
    answer = asked(press(Action.ESCALATE), low=True)
    assert answer is not None
    assert answer.outcome is Outcome.FAILED


def test_where_others_are_asked_by_now_it_is_not_escalated_again() -> None:
    answer = asked(press(Action.ESCALATE), assigned=("PBEN",))
    assert answer is not None
    assert answer.outcome is Outcome.ALREADY
    assert asked(press(Action.ESCALATE, begun_at=BEGUN), assigned=("PBEN",)) == Answer(Outcome.DONE)


def test_an_old_messages_escalation_is_not_carried_out() -> None:
    answer = asked(replace(press(Action.ESCALATE), value={"round": 4}))
    assert answer is not None
    assert answer.outcome is Outcome.ALREADY
