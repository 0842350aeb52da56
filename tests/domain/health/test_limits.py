"""Where health becomes a finding: limits that grow with time, weights, and how much must be known first."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from toban.domain.health.duty import Stretch, beside, night_share, shift_findings, stretches
from toban.domain.health.fairness import fairness_findings, shares
from toban.domain.health.hours import Clocks, HourKind, HourRule
from toban.domain.health.load import load, load_findings
from toban.domain.health.nouns import Finding, Interruption, Topic, Verdict
from toban.domain.health.projection import Projection, Rates, projection_findings, projections
from toban.domain.health.thresholds import Thresholds
from toban.domain.health.trend import trend
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
BERLIN = Clocks(ZoneInfo("Europe/Berlin"))
USUAL = Thresholds()
TWELVE_WEEKS = Span(BEGIN, BEGIN + 12 * WEEK)


def rang(
    after: timedelta, person: str = "a", kind: HourKind = HourKind.SLEEP, incident: str = "Q1"
) -> Interruption:
    return Interruption(person, BEGIN + after, kind, incident)


def shift(after: timedelta, length: timedelta, person: str = "a") -> Shift:
    return Shift(Person(person, person), "P", "P", 1, start=BEGIN + after, end=BEGIN + after + length)


def about(topic: Topic, findings: list[Finding]) -> Finding:
    (found,) = [one for one in findings if one.topic is topic]
    return found


@pytest.mark.parametrize(("weeks", "limit", "verdict"), [(1, 2, Verdict.BEYOND), (2, 4, Verdict.WITHIN)])
def test_three_nights_are_too_many_for_one_week_and_not_for_two(
    weeks: int, limit: float, verdict: Verdict
) -> None:
    nights = [rang(n * DAY, incident=str(n)) for n in range(3)]
    found = list(load_findings(nights, Span(BEGIN, BEGIN + weeks * WEEK), BERLIN, USUAL))
    nights_found = about(Topic.NIGHTS, found)
    assert (nights_found.value, nights_found.threshold, nights_found.verdict) == (3, limit, verdict)
    assert about(Topic.INTERRUPTED_HOURS, found).threshold == 10 * weeks


def test_an_hour_that_the_clock_shows_twice_is_two() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, and an hour later 02:30 again
    twice = [Interruption("a", at, HourKind.SLEEP, "Q1") for at in (first, first + HOUR)]
    assert load(twice, BERLIN).hours == 2


def test_who_is_always_on_call_has_a_shift_a_week() -> None:
    always = Shift(Person("a", "a"), "P", "P", 1)
    assert [one.span.length for one in stretches([always], [], TWELVE_WEEKS)] == [WEEK] * 12
    week_with_an_hour_more = shift(timedelta(), 169 * HOUR)
    assert len(stretches([week_with_an_hour_more], [], TWELVE_WEEKS)) == 1


def nine_shifts() -> tuple[list[Stretch], list[Interruption]]:
    """A, B and C take turns with twelve hours each; B is called beside the shifts only."""
    held = [shift(n * DAY, 12 * HOUR, "abc"[n % 3]) for n in range(9)]
    calls = [
        rang(HOUR),
        rang(2 * HOUR, kind=HourKind.OFF),
        rang(HOUR, "b", HourKind.OFF),
        rang(49 * HOUR, "c", HourKind.BUSINESS),
    ]
    return stretches(held, calls, TWELVE_WEEKS), calls


def test_fairness_weighs_nights_twice_and_tells_calls_in_shifts_from_all() -> None:
    held, calls = nine_shifts()
    carried = shares(held, calls, USUAL)
    assert [(one.person_id, one.shifts, one.load, one.per_shift) for one in carried] == [
        ("a", 3, 3, 1),
        ("b", 3, 1, 0),
        ("c", 3, 1, pytest.approx(1 / 3)),
    ]
    assert beside(calls, held) == [calls[2]]
    found = list(fairness_findings(carried, USUAL))
    assert about(Topic.LOAD_GINI, found).value == pytest.approx(4 / 15)
    assert about(Topic.LOAD_MAX_TO_MEDIAN, found).verdict is Verdict.BEYOND


def test_people_with_fewer_shifts_are_not_compared() -> None:
    held, calls = nine_shifts()
    assert [one.person_id for one in shares(held[:-1], calls, USUAL)] == ["a", "b"]
    found = list(fairness_findings(shares(held[:-1], calls, USUAL), USUAL))
    assert {one.verdict for one in found} == {Verdict.TOO_LITTLE}


def test_the_share_of_shifts_with_a_night_call_needs_four_of_them() -> None:
    held, _ = nine_shifts()
    assert night_share(held, USUAL).value == pytest.approx(1 / 9)
    assert night_share(held[:3], USUAL).verdict is Verdict.TOO_LITTLE


def test_one_incident_is_never_too_many_however_short_the_shift() -> None:
    held = stretches([shift(timedelta(), HOUR)], [rang(timedelta(minutes=5))], TWELVE_WEEKS)
    (found,) = shift_findings(held, USUAL)
    assert (found.value, found.threshold, found.verdict) == (1, 1, Verdict.WITHIN)


def test_a_trend_of_a_handful_of_interruptions_is_none() -> None:
    assert trend(9, [3, 3, 3], USUAL).verdict is Verdict.TOO_LITTLE
    assert trend(12, [4, 3, 3], USUAL).value == pytest.approx(2.6)


def test_an_hour_kind_in_which_nobody_was_on_call_yet_gives_no_projection() -> None:
    past = Rates({(1, HourKind.BUSINESS): 0.5, (1, HourKind.OFF): 0.1}, weeks=8)
    coming = Span(BEGIN, BEGIN + WEEK)
    by_day, by_night = shift(10 * HOUR, HOUR), shift(22 * HOUR, HOUR, "b")  # Monday 11:00 and 23:00 in Berlin
    found = projections([by_day, by_night], coming, past, HourRule(), BERLIN, USUAL)
    assert [(one.person_id, one.total) for one in found] == [("a", 0.5), ("b", None)]


def test_the_expected_load_is_held_against_the_limit_for_the_planned_hours() -> None:
    planned = {HourKind.BUSINESS: 12.0, HourKind.OFF: 0.0, HourKind.SLEEP: 12.0}
    expected = {HourKind.BUSINESS: 3.0, HourKind.OFF: 0.0, HourKind.SLEEP: 1.5}
    (found,) = projection_findings([Projection("a", planned, expected, 8)], TWELVE_WEEKS, USUAL)
    assert (found.value, found.threshold, found.verdict) == (4.5, 4, Verdict.BEYOND)
