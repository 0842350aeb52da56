"""How much on-call is, whether it is fair and whether it grows: cases worked out by hand, and properties."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toban.domain.health.duty import shift_findings, stretches
from toban.domain.health.fairness import gini, max_to_median
from toban.domain.health.hours import Clocks, HourKind, HourRule, time_by_kind
from toban.domain.health.load import load
from toban.domain.health.nouns import Interruption, Topic, Verdict
from toban.domain.health.projection import projections, rates
from toban.domain.health.reachability import SetUp, reachability_findings
from toban.domain.health.thresholds import Thresholds
from toban.domain.health.trend import trend
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
CLOCKS = Clocks(TOKYO)
USUAL = Thresholds()
loads = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)


def rang(moment: str, incident: str = "Q1", person: str = "aiko", zone: ZoneInfo = TOKYO) -> Interruption:
    local = datetime.fromisoformat(moment).replace(tzinfo=zone)
    return Interruption(person, local.astimezone(UTC), HourRule().kind(local), incident)


def tokyo(start: str, end: str) -> Span:
    moments = [datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC) for text in (start, end)]
    return Span(*moments)


def shift(start: str, end: str, person: str = "aiko") -> Shift:
    span = tokyo(start, end)
    return Shift(Person(person, person), "P", "P", 1, start=span.start, end=span.end)


def test_a_night_goes_over_midnight_and_counts_once() -> None:
    found = load([rang("2026-11-24T23:30"), rang("2026-11-25T01:10"), rang("2026-11-25T01:50")], CLOCKS)
    assert (found.by_kind[HourKind.SLEEP], found.nights, found.hours, found.weighted(2)) == (3, 1, 2, 6)


@given(loads)
def test_gini_is_nothing_where_all_carry_the_same_and_below_one(values: list[float]) -> None:
    found = gini(values)
    assert found is not None
    assert 0 <= found < 1
    assert gini([values[0]] * 5) == 0


@given(st.lists(st.floats(0.01, 1e3), min_size=1, max_size=20), st.floats(0.01, 1e3))
def test_gini_is_unchanged_by_scaling(values: list[float], factor: float) -> None:
    assert gini([value * factor for value in values]) == pytest.approx(gini(values), abs=1e-9)


def test_fairness_of_known_loads() -> None:
    assert gini([1, 1, 1, 5]) == pytest.approx(0.375)
    assert max_to_median([1, 2, 3, 8]) == pytest.approx(3.2)
    assert (gini([]), max_to_median([0, 0])) == (None, None)


@given(st.lists(st.integers(0, 60 * 24 * 30), max_size=40))
def test_hours_are_never_more_than_interruptions_and_kinds_add_up(minutes: list[int]) -> None:
    begin = datetime(2026, 10, 20)  # noqa: DTZ001 - on the local clock, over its change
    struck = [rang((begin + timedelta(minutes=n)).isoformat(), str(n), zone=BERLIN) for n in minutes]
    found = load(struck, Clocks(BERLIN))
    assert found.nights <= found.by_kind[HourKind.SLEEP]
    assert found.hours <= found.total == sum(found.by_kind.values()) == len(minutes)


def test_the_day_on_which_the_clocks_go_back_is_an_hour_longer_asleep() -> None:
    day = [datetime(2026, 10, n, tzinfo=BERLIN).astimezone(UTC) for n in (25, 26)]
    found = time_by_kind([Span(*day)], HourRule(), BERLIN)
    assert [found[kind] / timedelta(hours=1) for kind in HourKind] == [0, 14, 11]  # a Sunday of 25 hours


def test_an_override_cuts_a_shift_in_two_and_takes_its_interruptions() -> None:
    held = stretches(
        [
            shift("2026-11-24T10:00", "2026-11-24T20:00"),
            shift("2026-11-24T20:00", "2026-11-25T02:00", "ben"),
            shift("2026-11-25T02:00", "2026-11-25T10:00"),
        ],
        [
            rang("2026-11-24T23:00", person="ben"),
            rang("2026-11-25T03:00"),
            rang("2026-11-25T03:05", "Q2"),
            rang("2026-11-25T03:09", "Q2"),
        ],
        tokyo("2026-11-01T00:00", "2026-12-01T00:00"),
    )
    assert [(one.person_id, one.incidents, one.night_calls) for one in held] == [
        ("aiko", 0, 0),
        ("aiko", 2, 3),
        ("ben", 1, 1),
    ]


def test_three_incidents_in_twelve_hours_are_too_many_and_two_are_not() -> None:
    window = tokyo("2026-11-01T00:00", "2026-12-01T00:00")
    verdicts = []
    for n in (2, 3):
        calls = [rang(f"2026-11-24T1{hour}:00", f"Q{hour}") for hour in range(n)]
        held = stretches([shift("2026-11-24T08:00", "2026-11-24T20:00")], calls, window)
        verdicts += [one.verdict for one in shift_findings(held, USUAL)]
    assert verdicts == [Verdict.WITHIN, Verdict.BEYOND]


def test_a_trend_needs_history() -> None:
    assert trend(30, [20, 20, 20], USUAL).value == pytest.approx(0.5)
    assert trend(30, [20, 20, 20], USUAL).verdict is Verdict.BEYOND
    assert trend(30, [20], USUAL).verdict is Verdict.TOO_LITTLE


def test_who_cannot_be_rung_is_a_fault_and_who_lives_elsewhere_a_question() -> None:
    people = [
        SetUp("a", 0, "Asia/Tokyo"),
        SetUp("b", 2, "Europe/Berlin"),
        SetUp("c", 2, "JST"),
        SetUp("d", 1, "Japan"),
    ]
    found = reachability_findings(people, TOKYO, datetime(2026, 11, 25, tzinfo=UTC), USUAL)
    assert [(one.person_id, one.topic, one.verdict) for one in found] == [
        ("a", Topic.NOTIFICATION_RULES, Verdict.BEYOND),
        ("b", Topic.TIME_ZONE, Verdict.QUESTION),
        ("c", Topic.TIME_ZONE, Verdict.BEYOND),
    ]


def test_coming_shifts_are_expected_to_be_like_the_past_ones_unless_there_is_too_little_of_it() -> None:
    # four weeks on call without a break, ten hours asleep a day; two rang in each night of the first week
    past = tokyo("2026-10-05T00:00", "2026-11-02T00:00")
    held = [shift("2026-10-05T00:00", "2026-11-02T00:00")]
    clocks = [(day, minute) for day in range(5, 12) for minute in (10, 40)]
    rung = [rang(f"2026-10-{day:02}T23:{minute}", f"Q{day}{minute}") for day, minute in clocks]
    coming = tokyo("2026-11-02T22:00", "2026-11-03T08:00")
    planned = [shift("2026-11-02T00:00", "2026-11-09T00:00")]
    known = rates(held, rung, past, HourRule(), CLOCKS)
    (found,) = projections(planned, coming, known, HourRule(), CLOCKS, USUAL)
    assert found.total == pytest.approx(14 / (28 * 10) * 10)
    short = rates(held, rung, tokyo("2026-10-05T00:00", "2026-10-19T00:00"), HourRule(), CLOCKS)
    (unknown,) = projections(planned, coming, short, HourRule(), CLOCKS, USUAL)
    assert unknown.total is None
