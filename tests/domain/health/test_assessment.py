"""A team's week put together: sums, limits, what is known, and what everybody may be told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from health_samples import FRAME, NAMES, assessed, at, facts, of_team, rang, shift, turns
from toban.domain.health.frame import Frame
from toban.domain.health.hours import Clocks, HourKind
from toban.domain.health.load import load_findings
from toban.domain.health.nouns import Interruption, Topic, Verdict
from toban.domain.health.public import public
from toban.domain.health.reachability import SetUp
from toban.domain.health.thresholds import Thresholds
from toban.domain.spans import Span

THREE = (rang(0, 23, "a"), rang(1, 12, "b"), rang(2, 19, "c"))  # asleep, at work, in the evening
EVERY_WEEK = tuple(rang(7 * week, 12, "a") for week in range(-11, 1))


def test_the_weeks_sums_stand_apart_from_the_periods() -> None:
    report = assessed(facts((*THREE, rang(-2, 12, "a"))))
    topics = (Topic.BUSINESS_INTERRUPTIONS, Topic.OFF_INTERRUPTIONS, Topic.SLEEP_INTERRUPTIONS, Topic.NIGHTS)
    assert [of_team(report, topic).value for topic in topics] == [1, 1, 1, 1]
    of_period = of_team(report, Topic.OFF_INTERRUPTIONS, period=True)
    assert (of_period.value, of_period.n, of_period.threshold, of_period.verdict) == (
        2,
        4,
        None,
        Verdict.COUNTED,
    )
    assert of_period.span == Span(at(-77, 0), at(7, 0))


def test_every_finding_says_where_its_threshold_comes_from() -> None:
    assert all(one.source for one in assessed(facts(THREE)).findings)


def test_people_and_shifts_beyond_a_limit_are_counted_for_the_team() -> None:
    nights = tuple(rang(day, 2, "a") for day in (0, 1, 3))
    shifts = (*turns("bcd"), shift(0, 1, "a"))
    busy = tuple(rang(0, 9, "a", incident=f"B{n}") for n in range(5))
    report = assessed(facts((*nights, *busy), shifts=shifts))
    assert of_team(report, Topic.PEOPLE_BEYOND_NIGHTS).value == 1
    assert of_team(report, Topic.PEOPLE_BEYOND_HOURS).value == 0
    found = of_team(report, Topic.BUSY_SHIFTS)
    assert (found.value, found.n, found.verdict) == (1, 8, Verdict.BEYOND)
    assert report.off_duty == 2  # the nights after the shift


def test_the_load_is_compared_with_the_weeks_before() -> None:
    report = assessed(facts((*EVERY_WEEK, *(rang(day, 12, "b") for day in range(2)))))
    trend = of_team(report, Topic.TREND)
    assert (trend.value, trend.n, trend.verdict) == (pytest.approx(2.0), 11, Verdict.BEYOND)


def test_a_week_that_is_not_wholly_known_has_no_trend_and_is_not_of_the_period() -> None:
    report = assessed(facts(EVERY_WEEK, known=Span(at(-365, 0), at(6, 0))))
    assert not report.week.covered
    assert of_team(report, Topic.TREND).verdict is Verdict.TOO_LITTLE
    assert (report.known_weeks, report.load_of_period.total) == (11, 11)


def test_a_week_that_is_not_wholly_known_is_within_nothing_but_may_be_beyond_already() -> None:
    nights = tuple(rang(day, 2, "a") for day in (0, 1, 3))
    report = assessed(facts(nights, known=Span(at(-365, 0), at(6, 0))))
    assert of_team(report, Topic.SLEEP_INTERRUPTIONS).value == 3
    topics = (Topic.SLEEP_INTERRUPTIONS, Topic.PEOPLE_BEYOND_HOURS, Topic.PEOPLE_BEYOND_NIGHTS)
    verdicts = [of_team(report, topic).verdict for topic in topics]
    assert verdicts == [Verdict.TOO_LITTLE, Verdict.TOO_LITTLE, Verdict.BEYOND]
    own = {one.topic: one.verdict for one in report.of_people if one.person_id == "a" and not one.span}
    assert own == {Topic.NIGHTS: Verdict.BEYOND, Topic.INTERRUPTED_HOURS: Verdict.TOO_LITTLE}


def test_where_nothing_is_known_nothing_is_claimed() -> None:
    report = assessed(facts(THREE, known=None, planned_until=None))
    reachable = {Topic.NOTIFICATION_RULES, Topic.TIME_ZONE}
    assert {one.verdict for one in report.of_team if one.topic not in reachable} == {Verdict.TOO_LITTLE}
    assert (report.known_weeks, report.coming, report.shares) == (0, (), ())
    assert of_team(report, Topic.SLEEP_INTERRUPTIONS).value == 1


def test_those_behind_the_first_level_are_not_compared_with_it() -> None:
    """D stands by on the third level all the time and is never rung: that makes nobody's load uneven."""
    even = tuple(rang(day, 12, "abc"[(day + 77) % 3]) for day in range(-77, 7))
    report = assessed(facts(even, shifts=(*turns(), shift(-77, 28, "d", level=3))))
    assert [one.person_id for one in report.shares] == ["a", "b", "c"]
    gini = of_team(report, Topic.LOAD_GINI, period=True)
    assert (gini.value, gini.n) == (0, 3)
    assert of_team(report, Topic.NIGHT_SHIFT_SHARE, period=True).n == 84


def test_who_is_behind_the_first_level_expects_what_those_there_met() -> None:
    """C takes over D's place behind the others, where nobody was ever rung.

    On the first level a working day brought one call in its ten hours of work; 24 Saturdays and Sundays
    brought one each, in 576 hours of free time, four of each working day among them.
    """
    daily = tuple(rang(day, 12, "ab"[(day + 77) % 2]) for day in range(-77, 7))
    shifts = (*turns("ab"), shift(-77, 7, "d", level=2), shift(7, 28, "c", level=2))
    report = assessed(facts(daily, shifts=shifts))
    totals = {one.person_id: one.total for one in report.coming[0].projections}
    working_day, weekend = 1 + 4 / 24, 14 / 24
    assert totals == {
        "a": pytest.approx(3 * working_day + weekend),
        "b": pytest.approx(2 * working_day + weekend),
        "c": 0,
    }
    week = next(one for one in report.of_team if one.topic is Topic.PROJECTED_LOAD)
    assert (week.value, week.threshold) == (pytest.approx(7), 28)  # 2 in 12 hours, for the first level's week


def test_only_weeks_planned_to_their_end_are_projected() -> None:
    report = assessed(facts(EVERY_WEEK, planned_until=at(21, 0) - timedelta(seconds=1)))
    assert [each.start for each in report.coming] == [date(2026, 11, 23)]


def test_the_set_up_matters_of_those_who_are_or_will_be_on_call() -> None:
    people = tuple(SetUp(person, 0, "Mars") for person in NAMES)
    report = assessed(facts(people=people))
    rules, zone = of_team(report, Topic.NOTIFICATION_RULES), of_team(report, Topic.TIME_ZONE)
    assert [(one.value, one.n) for one in (rules, zone)] == [(3, 3), (3, 3)]
    assert {one.person_id for one in report.of_people if one.topic is Topic.TIME_ZONE} == {"a", "b", "c"}


@pytest.mark.parametrize(("struck", "told"), [("ab", False), ("abc", True), ("", True)])
def test_a_sum_of_fewer_than_three_persons_figures_is_not_for_everybody(struck: str, told: bool) -> None:
    report = assessed(facts(tuple(rang(n, 12, person) for n, person in enumerate(struck))))
    shown = public(report.of_team, report.fewest_people)
    assert (of_team(report, Topic.BUSINESS_INTERRUPTIONS) in shown) is told


def test_what_everybody_is_told_is_never_about_one_person() -> None:
    report = assessed(facts((*THREE, *EVERY_WEEK)))
    shown = public(report.findings, report.fewest_people)
    assert shown
    assert not [one for one in shown if one.person_id]
    assert not {Topic.LOAD_MAX_TO_MEDIAN, Topic.SHIFT_MAX_TO_MEDIAN} & {one.topic for one in shown}


def test_own_thresholds_and_lengths_count() -> None:
    frame = replace(FRAME, weeks=4, coming_weeks=1)
    report = assessed(facts(EVERY_WEEK), Thresholds(night_weight=3, fewest_people=4), frame)
    assert (len(report.weeks), len(report.coming), report.fewest_people) == (4, 1, 4)
    assert of_team(report, Topic.LOAD_GINI, period=True).verdict is Verdict.TOO_LITTLE


def test_two_nights_of_a_week_in_which_the_clocks_go_forward_are_two_of_a_week() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    frame = Frame("web", "Web", berlin, date(2026, 3, 23))
    nights = [
        Interruption("a", datetime(2026, 3, day, 1, tzinfo=UTC), HourKind.SLEEP, f"Q{day}")
        for day in (24, 26)
    ]
    assert frame.week.length == timedelta(hours=167)
    found = next(load_findings(nights, frame.week, Clocks(berlin), Thresholds()))
    assert (found.value, found.threshold, found.verdict) == (2, 2, Verdict.WITHIN)
