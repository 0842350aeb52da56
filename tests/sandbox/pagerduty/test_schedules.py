"""The schedule engine: turns, restrictions, overrides, and the two days a year that are not 24 hours long."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from toban.sandbox.pagerduty.schedules.rendering import final_spans
from toban.sandbox.pagerduty.schedules.spans import Span, cover, coverage_percentage

BERLIN = ZoneInfo("Europe/Berlin")
DAY_S = 24 * 3600


def layer(
    *users: str, start: str = "2026-01-05T09:00:00+01:00", turn_s: int = DAY_S, **more: Any
) -> dict[str, Any]:
    base = {
        "start": start,
        "end": None,
        "rotation_virtual_start": start,
        "rotation_turn_length_seconds": turn_s,
    }
    return base | {"users": [{"user": {"id": key}} for key in users], "restrictions": []} | more


def schedule(
    *layers: dict[str, Any], zone: str = "Europe/Berlin", overrides: tuple[Any, ...] = ()
) -> dict[str, Any]:
    return {"id": "D1", "time_zone": zone, "schedule_layers": list(layers), "overrides": list(overrides)}


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def shifts(given: dict[str, Any], since: str, until: str) -> list[tuple[str, str, str]]:
    """(user, start, end) in Berlin's wall clock."""
    spans = final_spans(given, berlin(since), berlin(until))
    return [(s.user_id, *(f"{m.astimezone(BERLIN):%m-%d %H:%M}" for m in (s.start, s.end))) for s in spans]


def test_people_take_turns_and_hand_over_at_the_start_time() -> None:
    turns = shifts(schedule(layer("A", "B")), "2026-01-06T12:00", "2026-01-07T12:00")
    assert turns == [("B", "01-06 09:00", "01-07 09:00"), ("A", "01-07 09:00", "01-08 09:00")]


def test_the_handover_stays_at_nine_when_the_clocks_go_forward_and_back() -> None:
    spring = shifts(schedule(layer("A", "B")), "2026-03-28T12:00", "2026-03-29T12:00")
    assert [turn[1:] for turn in spring] == [("03-28 09:00", "03-29 09:00"), ("03-29 09:00", "03-30 09:00")]
    (short, _) = final_spans(
        schedule(layer("A", "B")), berlin("2026-03-28T12:00"), berlin("2026-03-29T12:00")
    )
    assert short.end - short.start == timedelta(hours=23)
    (long, _) = final_spans(schedule(layer("A", "B")), berlin("2026-10-24T12:00"), berlin("2026-10-25T12:00"))
    assert long.end - long.start == timedelta(hours=25)


def test_a_daily_restriction_leaves_the_night_uncovered() -> None:
    office = {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 8 * 3600}
    turns = shifts(schedule(layer("A", "B", restrictions=[office])), "2026-03-28T00:00", "2026-03-30T00:00")
    assert turns == [("A", "03-28 09:00", "03-28 17:00"), ("B", "03-29 09:00", "03-29 17:00")]


def test_a_restriction_over_midnight_goes_on_the_next_morning() -> None:
    night = {"type": "daily_restriction", "start_time_of_day": "22:00:00", "duration_seconds": 10 * 3600}
    turns = shifts(schedule(layer("A", restrictions=[night])), "2026-02-03T01:00", "2026-02-03T23:00")
    assert turns == [("A", "02-02 22:00", "02-03 08:00"), ("A", "02-03 22:00", "02-04 08:00")]


def test_a_weekly_restriction_covers_the_weekend_only() -> None:
    weekend = {
        "type": "weekly_restriction",
        "start_day_of_week": 5,
        "start_time_of_day": "18:00:00",
        "duration_seconds": 62 * 3600,
    }
    turns = shifts(
        schedule(layer("A", turn_s=7 * DAY_S, restrictions=[weekend])), "2026-02-02T00:00", "2026-02-09T00:00"
    )
    assert turns == [
        ("A", "01-30 18:00", "02-02 08:00"),
        ("A", "02-06 18:00", "02-09 08:00"),
    ]


def test_a_later_layer_wins_over_an_earlier_one_and_an_override_over_both() -> None:
    day = {"type": "daily_restriction", "start_time_of_day": "10:00:00", "duration_seconds": 4 * 3600}
    cover_up = {"start": "2026-02-03T11:00:00+01:00", "end": "2026-02-03T12:00:00+01:00", "user": {"id": "C"}}
    given = schedule(layer("A"), layer("B", restrictions=[day]), overrides=(cover_up,))
    turns = [(user, start, end) for user, start, end in shifts(given, "2026-02-03T09:00", "2026-02-03T15:00")]
    assert [turn[0] for turn in turns] == ["A", "B", "C", "B", "A"]
    assert turns[2] == ("C", "02-03 11:00", "02-03 12:00")


def test_the_same_persons_neighbouring_turns_are_one_shift() -> None:
    assert len(shifts(schedule(layer("A")), "2026-02-03T00:00", "2026-02-10T00:00")) == 1


def test_a_layer_that_ended_covers_nothing() -> None:
    ended = layer("A", end="2026-01-10T09:00:00+01:00")
    assert shifts(schedule(ended), "2026-02-03T00:00", "2026-02-04T00:00") == []


def test_coverage_is_the_share_of_the_time_that_somebody_covers() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    spans = [Span(noon - timedelta(hours=3), noon, "A"), Span(noon, noon + timedelta(hours=3), "B")]
    assert coverage_percentage(spans, noon - timedelta(hours=6), noon + timedelta(hours=6)) == 50.0


def as_spans(ends: list[int], user: str) -> list[Span]:
    """Pairs of hours as sorted spans without overlap."""
    base = datetime(2026, 1, 1, tzinfo=UTC)
    hours = sorted(set(ends))
    pairs = zip(hours[::2], hours[1::2], strict=False)
    return [Span(base + timedelta(hours=a), base + timedelta(hours=b), user) for a, b in pairs]


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=12), st.lists(st.integers(0, 60), max_size=12))
def test_whoever_covers_wins_every_hour_they_have_and_no_other(below: list[int], above: list[int]) -> None:
    base = datetime(2026, 1, 1, tzinfo=UTC)
    low, high = as_spans(below, "low"), as_spans(above, "high")
    result = cover(low, high)
    assert all(one.end <= other.start for one, other in pairwise(result))
    for hour in range(61):
        at = base + timedelta(hours=hour, minutes=30)
        owners = [span.user_id for span in result if span.start <= at < span.end]
        expected = [
            user
            for spans, user in ((high, "high"), (low, "low"))
            if any(s.start <= at < s.end for s in spans)
        ]
        assert owners == expected[:1]
