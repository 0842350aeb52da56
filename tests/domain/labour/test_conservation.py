"""Whatever people do and however it is cut: no minute is lost, none is counted twice."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.labour.labour_cases import JP, RULEBOOKS
from toban.domain.labour.callouts import call_outs
from toban.domain.labour.days import Calendar
from toban.domain.labour.minutes import by_day, totals
from toban.domain.labour.nouns import Deed, Standing
from toban.domain.labour.pieces import pieces
from toban.domain.labour.standby import standby
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span, joined

BEGIN = datetime(2026, 10, 24, tzinfo=UTC)
ZONES = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Africa/Cairo"])
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(list(RULEBOOKS.values())),
    st.frozensets(st.dates(date(2026, 10, 24), date(2026, 11, 30)), max_size=5),
)
moments = st.integers(0, 30 * 86_400).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
lengths = st.integers(1, 3 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
span = st.builds(lambda start, length: Span(start, start + length), moments, lengths)
spans = st.lists(span, max_size=8)
deeds = st.lists(
    st.builds(Deed, st.sampled_from("ab"), st.sampled_from(["Q1", "Q2", "Q3"]), moments, st.booleans()),
    max_size=30,
)


def elapsed(covered: list[Span]) -> timedelta:
    return sum((each.length for each in joined(covered)), timedelta())


@given(spans, CALENDARS, ZONES)
def test_kinds_and_days_add_up_to_what_passed(covered: list[Span], calendar: Calendar, zone: str) -> None:
    cut = list(pieces(covered, calendar, ZoneInfo(zone)))
    assert totals(cut).total == sum(by_day(cut).values(), timedelta()) == elapsed(covered)
    assert joined(piece.span for piece in cut) == joined(covered)


@given(spans, st.lists(moments, max_size=6), CALENDARS, ZONES)
def test_cutting_and_overlapping_change_nothing(
    covered: list[Span], cuts: list[datetime], calendar: Calendar, zone: str
) -> None:
    cut = list(covered)
    for at in cuts:
        cut = [
            part
            for one in cut
            for part in (Span(one.start, min(one.end, at)), Span(max(one.start, at), one.end))
        ]
    cut = [one for one in cut if one.start < one.end]
    there = ZoneInfo(zone)
    assert totals(pieces(cut + covered, calendar, there)) == totals(pieces(covered, calendar, there))


@given(spans, ZONES)
def test_a_schedule_in_two_halves_stands_by_as_long(held: list[Span], zone: str) -> None:
    aiko = Person("a", "Aiko", "aiko@example.com", zone)
    window = Span(BEGIN, BEGIN + timedelta(days=40))

    def shifts(parts: list[Span], schedule: str) -> list[Shift]:
        return [Shift(aiko, "P", "P", 1, schedule_id=schedule, start=one.start, end=one.end) for one in parts]

    halves = [
        half
        for one in held
        for middle in [one.start + one.length / 2]
        for half in (Span(one.start, middle), Span(middle, one.end))
    ]
    whole = standby(shifts(held, "S1"), window)
    assert standby(shifts(halves, "S1") + shifts(held, "S2"), window) == whole
    assert elapsed(whole.get("a", [])) == elapsed(held)


@given(deeds)
def test_call_outs_of_a_person_never_overlap_and_hold_every_deed(done: list[Deed]) -> None:
    found = call_outs(done, lambda _person, _at: JP.call_out)
    for person in "ab":
        own = [one for one in found if one.person_id == person]
        assert all(one.span.end < other.span.start for one, other in pairwise(own))
        for deed in (deed for deed in done if deed.person_id == person and deed.acted):
            holding = [one for one in own if one.told.start <= deed.at <= one.told.end]
            assert any(deed.incident_id in one.incident_ids for one in holding)


@given(deeds)
def test_what_counts_less_than_pagerduty_tells_is_to_be_confirmed(done: list[Deed]) -> None:
    for one in call_outs(done, lambda _person, _at: JP.call_out):
        assert JP.call_out.shortest <= one.span.length <= one.told.length
        assert one.told.start == one.span.start
        assert one.standing is Standing.TO_CONFIRM or one.span == one.told


@given(deeds)
def test_the_order_in_which_deeds_are_told_does_not_matter(done: list[Deed]) -> None:
    rule = JP.call_out
    assert call_outs(done, lambda _p, _a: rule) == call_outs(reversed(done), lambda _p, _a: rule)
