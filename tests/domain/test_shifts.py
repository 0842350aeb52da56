"""Who is on duty, who is next, and when nobody is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_samples import BERLIN, NEW_YORK, TOKYO, local, shift
from toban.domain.shifts import NEVER, Shift, gaps, merged, next_on_duty, on_duty
from toban.domain.spans import Span

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return NOON + hours * HOUR


hours = st.integers(min_value=-48, max_value=48).map(at)
shifts = st.lists(
    st.builds(
        shift,
        st.sampled_from(["Ann", "Ben", "Cleo"]),
        st.none() | hours,
        st.none() | hours,
        level=st.sampled_from([1, 2]),
        policy=st.sampled_from(["PAY", "WEB"]),
        schedule=st.sampled_from([None, "Primary", "Backup"]),
    ),
    max_size=8,
)


def holders(some: list[Shift], moment: datetime) -> set[tuple[str, int, str]]:
    return {(s.policy_id, s.level, s.person.id) for s in some if s.span.holds(moment)}


@given(shifts, hours)
def test_merging_keeps_who_is_on_duty_when(some: list[Shift], moment: datetime) -> None:
    assert holders(merged(some), moment) == holders(some, moment)


@given(shifts)
def test_after_merging_no_two_shifts_of_a_person_on_a_level_touch(some: list[Shift]) -> None:
    result = merged(some)
    for one in result:
        for other in result:
            same = (one.policy_id, one.level, one.person) == (other.policy_id, other.level, other.person)
            if one is not other and same:
                assert one.span.end < other.span.start or other.span.end < one.span.start
    assert merged(result) == result


@given(shifts, hours)
def test_whoever_is_on_duty_stays_until_the_end_that_is_given(some: list[Shift], moment: datetime) -> None:
    for one in on_duty(some, moment):
        place = (one.policy_id, one.level, one.person.id)
        if one.span.end < NEVER:
            assert place not in holders(some, one.span.end)
            assert place in holders(some, one.span.end - timedelta(seconds=1))


@given(shifts, hours)
def test_between_now_and_the_next_beginning_nobody_begins(some: list[Shift], moment: datetime) -> None:
    coming = next_on_duty(some, moment)
    begin = coming[0].span.start if coming else at(48)
    between = [s for s in some if moment < s.span.start < begin and s.span.start < s.span.end]
    assert all(
        (s.policy_id, s.level, s.person.id) in holders(some, s.span.start - HOUR / 60) for s in between
    )


@given(shifts, hours)
def test_a_gap_is_when_nobody_is_on_duty(some: list[Shift], moment: datetime) -> None:
    window = Span(at(-48), at(48))
    in_a_gap = any(gap.holds(moment) for gap in gaps(some, window))
    assert in_a_gap == (window.holds(moment) and not holders(some, moment))


def test_two_shifts_in_a_row_are_one_stretch() -> None:
    week = [shift("Ann", at(-2), at(2)), shift("Ann", at(2), at(8)), shift("Ben", at(8), at(9))]
    assert [(s.person.name, s.end) for s in on_duty(week, NOON)] == [("Ann", at(8))]


def test_an_override_in_the_middle_gives_the_shift_back_afterwards() -> None:
    planned = [shift("Ann", at(-2), at(1)), shift("Ben", at(1), at(3)), shift("Ann", at(3), at(8))]
    assert [s.person.name for s in on_duty(planned, at(0))] == ["Ann"]
    assert [(s.person.name, s.start) for s in next_on_duty(planned, at(0))] == [("Ben", at(1))]
    assert [s.person.name for s in on_duty(planned, at(1))] == ["Ben"]
    assert [(s.person.name, s.start) for s in next_on_duty(planned, at(2))] == [("Ann", at(3))]


def test_at_the_hour_of_the_change_the_next_person_is_on_duty_already() -> None:
    both = [shift("Ann", at(-24), NOON), shift("Ben", NOON, at(24))]
    assert [s.person.name for s in on_duty(both, NOON)] == ["Ben"]


def test_someone_who_is_always_on_call_leaves_no_gap_and_has_nobody_next() -> None:
    always = [shift("Ann", schedule=None)]
    assert on_duty(always, NOON) == always
    assert next_on_duty(always, NOON) == []
    assert gaps(always, Span(NOON, at(1000))) == []


@pytest.mark.parametrize(
    ("zone", "day", "month", "hours_long"),
    [
        (BERLIN, 25, 10, 25),
        (NEW_YORK, 1, 11, 25),
        (BERLIN, 29, 3, 23),
        (NEW_YORK, 8, 3, 23),
        (TOKYO, 1, 11, 24),
    ],
)
def test_a_day_without_anybody_is_as_long_as_the_clocks_make_it(
    zone: ZoneInfo, day: int, month: int, hours_long: int
) -> None:
    start, midnight = local(zone, 2026, month, day), local(zone, 2026, month, day + 1)
    planned = [shift("Ann", start - 24 * HOUR, start), shift("Ben", midnight, midnight + 24 * HOUR)]
    [gap] = gaps(planned, Span(start - HOUR, midnight + HOUR))
    assert gap == Span(start, midnight)
    assert gap.length == hours_long * HOUR


def test_whom_somebody_stands_in_for_is_not_told_of_a_stretch_that_is_partly_their_own() -> None:
    for_ann = replace(shift("Ben", at(0), at(2)), stands_in_for="Ann")
    [own_follows] = merged([for_ann, shift("Ben", at(2), at(4))])
    assert (own_follows.end, own_follows.stands_in_for) == (at(4), None)
    [longer] = merged([for_ann, replace(shift("Ben", at(1), at(3)), stands_in_for="Ann")])
    assert (longer.end, longer.stands_in_for) == (at(3), "Ann")
