"""What people confirmed decides, as far as alerts are alike."""

from runbook_library import found, ids, library
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.finding import rank
from toban.domain.runbooks.search.memory import Confirmed, Memory
from toban.domain.runbooks.search.scoring import asked

SLOW = "Queue of orders grows: 1200 waiting on mq-3"


def said(title: str, runbook: str, *, helped: bool = True, origin: str = "Q1") -> Confirmed:
    return Confirmed(AlertText(title), runbook, helped, origin)


def test_the_same_alert_with_other_numbers_gets_what_helped_although_no_word_is_in_common():
    assert found(SLOW, library()) == []
    (best,) = found("Queue of orders grows: 77 waiting on mq-9", library(said(SLOW, "replication")))
    assert (best.page.id, best.voice.helped, best.voice.wrong) == ("replication", 1, 0)
    assert best.confidence > 0.4


def test_what_was_judged_wrong_for_the_same_alert_is_not_offered_again():
    alert = "NodeClockSkew on db-1"
    assert ids(found(alert, library()))[0] == "nodes/NodeClockSkew"
    assert ids(found(alert, library(said(alert, "nodes/NodeClockSkew", helped=False)))) == []


def test_of_people_who_differ_the_majority_counts():
    words = [said(SLOW, "replication", origin=f"Q{n}") for n in range(3)]
    against = said(SLOW, "replication", helped=False, origin="Q9")
    (best,) = found(SLOW, library(*words, against))
    assert (best.voice.helped, best.voice.wrong) == (3, 1)
    assert found(SLOW, library(words[0], against)) == []


def test_alerts_that_are_merely_alike_do_not_outvote_a_runbook_named_after_the_alert():
    others = [said(f"NodeClock{n} on db-1", "disk-full", origin=f"Q{n}") for n in ("Drift", "Stuck", "Lost")]
    assert ids(found("NodeClockSkew on db-1", library(*others)))[0] == "nodes/NodeClockSkew"


def test_what_helped_one_other_alert_alone_finds_nothing_however_often_it_did():
    firings = [said("Queue of refunds grows", "replication", origin="refunds") for _ in range(9)]
    assert found("Queue of payouts grows", library(*firings)) == []
    voices = Memory(firings).voices(asked(AlertText("Queue of payouts grows")))
    assert voices["replication"].like == 0


def test_the_more_alerts_a_runbook_helped_the_more_it_is_worth_to_one_like_them():
    kinds = ("refunds", "invoices", "exports", "reports")
    words = [said(f"Queue of {kind} grows", "replication", origin=kind) for kind in kinds]
    question = asked(AlertText("Queue of payouts grows"))
    like = [Memory(words[:n]).voices(question)["replication"].like for n in (1, 2, 4)]
    assert like == sorted(set(like))


def test_where_the_text_leaves_doubt_what_helped_alerts_like_it_decides():
    others = [
        said(
            f"The {part} SLI of the billing service has too many errors",
            "replication",
            origin=part,
        )
        for part in ("invoices", "refunds", "exports")
    ]
    question = asked(AlertText("The reminders SLI of the billing service has too many errors"))
    index = library().index
    _, first = rank(question, index, Memory(others).voices(question))[0]
    assert index.pages[first].id == "replication"


def test_for_measuring_what_came_with_the_alert_itself_is_left_out():
    memory = Memory([said(SLOW, "replication"), said("Queue grows", "disk-full", origin="Q2")])
    assert set(memory.voices(asked(AlertText(SLOW)), {"Q1"})) == {"disk-full"}
    assert memory.voices(asked(AlertText("printer"))) == {}
    assert Memory().voices(asked(AlertText(SLOW))) == {}


def test_a_runbook_that_is_gone_is_not_offered():
    assert found(SLOW, library(said(SLOW, "no-longer-there"))) == []
