"""Stored shifts follow what PagerDuty shows, without rewriting what really was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toban.domain.shift_changes import Duty, ShiftChanges, shift_changes
from toban.domain.spans import Span

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WINDOW = Span(NOW - timedelta(days=14), NOW + timedelta(days=28))


def duty(user: str = "U1", first: float | None = 1, last: float | None = 2) -> Duty:
    start = None if first is None else NOW + timedelta(days=first)
    end = None if last is None else NOW + timedelta(days=last)
    return Duty("E1", 1, "C1", user, start, end)


def changes(stored: list[Duty], shown: list[Duty]) -> ShiftChanges:
    return shift_changes(stored, shown, WINDOW, NOW)


def test_what_is_shown_as_it_is_stored_changes_nothing() -> None:
    assert changes([duty()], [duty()]) == ShiftChanges([], [])


def test_an_override_takes_the_place_of_the_planned_shift() -> None:
    assert changes([duty("U1")], [duty("U2")]) == ShiftChanges([duty("U1")], [duty("U2")])


def test_a_shift_that_ends_earlier_is_updated() -> None:
    assert changes([duty(last=3)], [duty(last=2)]) == ShiftChanges([], [duty(last=2)])


def test_a_permanent_duty_that_is_gone_ends_now_instead_of_vanishing() -> None:
    forever = duty(first=None, last=None)
    assert changes([forever], []) == ShiftChanges([], [replace(forever, end=NOW)])


def test_a_permanent_duty_that_ended_stays_ended() -> None:
    assert changes([duty(first=None, last=-3)], []) == ShiftChanges([], [])


def test_a_shift_shown_from_the_windows_start_keeps_its_real_start() -> None:
    assert changes([duty(first=-20, last=-10)], [duty(first=-14, last=-10)]) == ShiftChanges([], [])
