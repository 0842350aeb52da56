"""What was said of a call-out holds for what was known then, and for no other call-out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toban.domain.labour.callouts import call_outs
from toban.domain.labour.corrections import Correction, Verdict, began, corrected
from toban.domain.labour.nouns import CallOut, Deed, Standing
from toban.domain.labour.rules import CallOutRule
from toban.domain.spans import Span

RULE = CallOutRule(
    tail=timedelta(minutes=10), shortest=timedelta(minutes=15), longest=timedelta(hours=3), unanswered=True
)
START = datetime(2026, 11, 24, 16, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def counted(*deeds: tuple[str, int]) -> list[CallOut]:
    made = [Deed("U1", incident, at(minutes), acted=True) for incident, minutes in deeds]
    return call_outs(made, lambda _person, _at: RULE)


def change(said: int, until: int = 30) -> Correction:
    key = counted(("Q1", 0))[0].key
    return Correction(key, Verdict.CHANGE, "Ben", at(said), "slept", Span(at(0), at(until)))


def minutes(found: list[CallOut]) -> list[float]:
    return [one.span.length / timedelta(minutes=1) for one in found]


def test_a_correction_does_not_take_in_a_call_out_that_later_deeds_join() -> None:
    two = counted(("Q1", 0), ("Q1", 40), ("Q2", 90), ("Q2", 120))
    assert minutes(corrected(two, [change(said=80)])) == [30, 40]
    joined = counted(("Q1", 0), ("Q1", 40), ("Q2", 90), ("Q2", 120), ("Q1", 450))
    (one,) = corrected(joined, [change(said=80)])
    assert (one.key, one.standing) == ("U1:20261124T160000Z+2", Standing.TO_CONFIRM)
    assert one.span.length == RULE.longest, "the correction is of another call-out"


def test_deeds_after_a_correction_have_to_be_confirmed_anew() -> None:
    (one,) = corrected(counted(("Q1", 0), ("Q1", 100)), [change(said=60)])
    assert (minutes([one]), one.standing) == ([30], Standing.TO_CONFIRM)
    (settled,) = corrected(counted(("Q1", 0), ("Q1", 100)), [change(said=100)])
    assert settled.standing is Standing.CORRECTED


def test_a_confirmation_holds_for_the_deeds_that_were_known() -> None:
    said = replace(change(said=60), verdict=Verdict.CONFIRM, span=None)
    (one,) = corrected(counted(("Q1", 0), ("Q1", 50)), [said])
    assert one.standing is Standing.CONFIRMED
    (later,) = corrected(counted(("Q1", 0), ("Q1", 400)), [said])
    assert later.standing is Standing.TO_CONFIRM


def test_a_key_tells_when_it_began() -> None:
    assert began("U1:20261124T160000Z") == began("U1:20261124T160000Z+3") == START
    assert began("U1:nonsense") is None
