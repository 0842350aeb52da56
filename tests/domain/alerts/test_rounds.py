"""When somebody is asked anew, and when an event is only late news of that."""

from dataclasses import replace

from domain.alerts.incidents import BEN, START, at, event, incident
from toban.domain.alerts.nouns import Event, Incident, Kind, Round, Status
from toban.domain.alerts.rounds import first_round, next_round

FIRST = Round(0, START, START, ("PAIKO",), 1)


def after(
    *events: Event, one: Incident | None = None, before: Status = Status.TRIGGERED, current: Round = FIRST
) -> Round:
    return next_round(current, one or incident(), before, events, at(10))


def test_while_the_same_people_are_asked_the_round_stays() -> None:
    assert after() == FIRST
    assert after(event(Kind.ANNOTATE, 5)) == FIRST


def test_an_escalation_begins_a_round_one_level_up() -> None:
    theirs = incident(assigned=(BEN,))
    assert after(event(Kind.ESCALATE, 9), one=theirs) == Round(1, at(9), at(10), ("PBEN",), 2)


def test_an_escalation_to_the_same_person_begins_a_round_too() -> None:
    assert after(event(Kind.ESCALATE, 9)) == Round(1, at(9), at(10), ("PAIKO",), 2)


def test_a_reassignment_is_seen_without_any_event() -> None:
    assert after(one=incident(assigned=(BEN,))) == Round(1, at(10), at(10), ("PBEN",), 1)


def test_an_event_that_shows_late_calls_nobody_twice_but_tells_the_level() -> None:
    seen = after(one=incident(assigned=(BEN,)))
    late = next_round(seen, incident(assigned=(BEN,)), Status.TRIGGERED, [event(Kind.ESCALATE, 9)], at(11))
    assert late == replace(seen, level=2)


def test_an_acknowledgement_that_ran_out_asks_again_also_between_two_looks() -> None:
    assert after(before=Status.ACKNOWLEDGED).number == 1
    assert after(event(Kind.ACKNOWLEDGE, 3), event(Kind.UNACKNOWLEDGE, 9)).number == 1


def test_nobody_is_asked_while_somebody_has_it() -> None:
    taken = incident(status=Status.ACKNOWLEDGED)
    assert after(event(Kind.ESCALATE, 8), event(Kind.ACKNOWLEDGE, 9), one=taken).number == 0


def test_a_rise_of_urgency_asks_anew_and_a_fall_does_not() -> None:
    assert after(event(Kind.URGENCY, 9)).number == 1
    assert after(event(Kind.URGENCY, 9), one=incident(urgency="low")).number == 0


def test_what_was_escalated_before_it_was_seen_begins_higher() -> None:
    twice = [event(Kind.ESCALATE, 5), event(Kind.ESCALATE, 5, id="R2"), event(Kind.ESCALATE, 7)]
    assert first_round(incident(), twice, at(8)) == Round(0, START, at(8), ("PAIKO",), 3)
