"""Fifty situations worked out by hand: all exact to the second."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.labour.labour_cases import calendar_of, calls_of, cases, moment, shifts_of, zone_of
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.minutes import Kind, Totals, by_day, totals
from toban.domain.labour.month import Period
from toban.domain.labour.pieces import pieces
from toban.domain.labour.rest import longest_run, shortfalls
from toban.domain.labour.standby import standby
from toban.domain.spans import Span

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def those_with(*expectations: str) -> list[Any]:
    return [
        pytest.param(case, id=case["name"])
        for case in cases()
        if any(expectation in case for expectation in expectations)
    ]


def november(case: dict[str, Any]) -> Span:
    return Period(*NOVEMBER).window(zone_of(case))


def spans_of(case: dict[str, Any], person: str) -> list[Span]:
    return [one.span for one in calls_of(case) if one.person_id == person]


def by_kind(expected: dict[str, int], unit: timedelta) -> dict[Kind, timedelta]:
    """Only the kinds that have any."""
    return {
        (DayKind(key.removesuffix("+night")), key.endswith("+night")): number * unit
        for key, number in expected.items()
    }


def some(found: Totals) -> dict[Kind, timedelta]:
    return {kind: time for kind, time in found.by_kind.items() if time}


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in cases()]
    assert len(set(names)) == len(names) >= 50


@pytest.mark.parametrize("case", those_with("calls"))
def test_who_was_called_out_when(case: dict[str, Any]) -> None:
    zone = zone_of(case)
    assert [(one.person_id, one.span.start, one.span.end, str(one.standing)) for one in calls_of(case)] == [
        (person, moment(start, zone), moment(end, zone), standing)
        for person, start, end, standing in case["calls"]
    ]


@pytest.mark.parametrize("case", those_with("minutes", "seconds"))
def test_the_time_by_kind(case: dict[str, Any]) -> None:
    for key, unit in (("minutes", MINUTE), ("seconds", SECOND)):
        for person, expected in case.get(key, {}).items():
            found = totals(pieces(spans_of(case, person), calendar_of(case), zone_of(case)))
            assert some(found) == by_kind(expected, unit)
            assert found.total == sum(expected.values()) * unit


@pytest.mark.parametrize("case", those_with("days"))
def test_the_time_by_day(case: dict[str, Any]) -> None:
    for person, expected in case["days"].items():
        found = by_day(pieces(spans_of(case, person), calendar_of(case), zone_of(case)))
        assert found == {date.fromisoformat(day): number * MINUTE for day, number in expected.items()}


@pytest.mark.parametrize("case", those_with("standby"))
def test_who_stood_by(case: dict[str, Any]) -> None:
    held = standby(shifts_of(case), november(case))
    assert held.keys() == case["standby"].keys()
    for person, expected in case["standby"].items():
        found = totals(pieces(held[person], calendar_of(case), zone_of(case)))
        assert some(found) == by_kind(expected, MINUTE)


@pytest.mark.parametrize("case", those_with("run"))
def test_days_in_a_row(case: dict[str, Any]) -> None:
    held = standby(shifts_of(case), november(case))
    for person, days in case["run"].items():
        assert longest_run(held[person], zone_of(case), NOVEMBER[0], NOVEMBER[1]) == days


@pytest.mark.parametrize("case", those_with("shortfalls"))
def test_rest_that_was_too_short(case: dict[str, Any]) -> None:
    for person, expected in case["shortfalls"].items():
        found = shortfalls(spans_of(case, person), case["rest_days"], calendar_of(case), zone_of(case))
        assert [(one.day.isoformat(), one.rest / MINUTE, one.missing / MINUTE) for one in found] == [
            tuple(each) for each in expected
        ]
