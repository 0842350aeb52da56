"""What people say by the buttons outweighs what an incident's course suggests, and cannot silence much."""

from pathlib import Path

import pytest

from toban.clients.warehouse import Warehouse
from toban.domain.triage.nouns import Asked, Verdict
from toban.domain.triage.verdict import ENOUGH, Judgement, Reason
from toban.jobs.train_triage import train_triage
from toban.jobs.triage_alert import triage_alert
from triage_samples import NOW, asked, history_of

WORK, NOISE = "Disk full on web-99: 7%", "Queue of web-99 is long: 7%"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = history_of(tmp_path)
    train_triage(warehouse, NOW)
    return warehouse


def press(warehouse: Warehouse, answer: str, like: str, *, newest: int = 400) -> None:
    """As if somebody had pressed it under the newest incidents of S1 with such a title; then train."""
    with warehouse.write() as writer:
        found = writer.rows(
            "select incident_id, created_at from incident_facts"
            " where title like $like and service_id = 'S1' order by created_at desc limit $newest",
            {"like": like, "newest": newest},
        )
        feedback = [
            {
                "incident_id": row["incident_id"],
                "answer": answer,
                "people": 1,
                "last_said_at": row["created_at"],
            }
            for row in found
        ]
        writer.merge("alert_feedback", feedback)
        writer.rebuild_models()
        writer.publish()
    train_triage(warehouse, NOW)


def judged(warehouse: Warehouse, alert: Asked) -> Judgement:
    with warehouse.read() as snapshot:
        return triage_alert(snapshot, alert, NOW).judgement


def test_no_action_needed_changes_the_verdict_of_its_template_and_of_no_other(warehouse: Warehouse) -> None:
    before = judged(warehouse, asked(WORK))
    assert (before.verdict, before.shares.like.ended) == (Verdict.NEEDS_ACTION, 0)
    press(warehouse, "no_action", "Disk full%")
    after = judged(warehouse, asked(WORK))
    assert (after.verdict, after.reason) == (Verdict.BY_ITSELF, Reason.HISTORY)
    assert (after.shares.like.ended, after.said) == (50, 50)
    assert judged(warehouse, asked(WORK, "S2")).verdict is Verdict.NEEDS_ACTION


def test_that_the_runbook_helped_says_that_somebody_acted_though_nobody_acknowledged(
    warehouse: Warehouse,
) -> None:
    assert judged(warehouse, asked(NOISE)).verdict is Verdict.BY_ITSELF
    press(warehouse, "runbook_helped", "Queue%")
    after = judged(warehouse, asked(NOISE))
    assert (after.verdict, after.shares.like.ended) == (Verdict.NEEDS_ACTION, 0)


def test_that_a_runbook_was_wrong_says_nothing_of_the_alert(warehouse: Warehouse) -> None:
    before = judged(warehouse, asked(NOISE))
    press(warehouse, "runbook_wrong", "Queue%")
    assert judged(warehouse, asked(NOISE)).shares == before.shares


def test_no_button_makes_an_unseen_a_thinly_known_or_an_urgent_alert_harmless(warehouse: Warehouse) -> None:
    press(warehouse, "no_action", "%")
    unseen = judged(warehouse, asked("Something else broke"))
    assert (unseen.verdict, unseen.reason) == (Verdict.NEEDS_ACTION, Reason.NEW)
    thin = judged(warehouse, asked("Disk full on web-99: 7%", at=NOW.replace(day=17, month=10)))
    assert 0 < thin.shares.like.of < ENOUGH
    assert (thin.verdict, thin.reason) == (Verdict.NEEDS_ACTION, Reason.THIN)
    urgent = judged(warehouse, asked(WORK, priority="P1"))
    assert (urgent.verdict, urgent.reason) == (Verdict.NEEDS_ACTION, Reason.PRIORITY)


def test_some_answers_among_many_outcomes_do_not_turn_the_verdict(warehouse: Warehouse) -> None:
    press(warehouse, "no_action", "Disk full%", newest=10)
    after = judged(warehouse, asked(WORK))
    assert after.verdict is not Verdict.BY_ITSELF
    assert (after.shares.like.ended, after.shares.like.of, after.said) == (10, 50, 10)
