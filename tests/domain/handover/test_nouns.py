"""What the handover tells, and since when."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duty_samples import TOKYO, local, shift
from toban.domain.claims import Claims
from toban.domain.handover.message import OPEN_SHOWN, PAST_SHOWN, handover_message
from toban.domain.handover.nouns import (
    LONGEST_SHIFT,
    Handover,
    History,
    OpenIncident,
    PastIncident,
    claimed,
    handed_over_since,
)
from toban.locale import language

TEN = local(TOKYO, 2026, 11, 23, 10)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def opened(number: int = 7, title: str = "Disk full", **more: Any) -> OpenIncident:
    values = {
        "url": "https://pd/7",
        "created_at": TEN - 3 * HOUR,
        "assignees": ("Ann",),
        "acknowledged": True,
    }
    return OpenIncident(number, title, **(values | more))


def past(number: int = 5, **more: Any) -> PastIncident:
    values = {
        "title": "Slow queries",
        "url": "https://pd/5",
        "created_at": TEN - 9 * HOUR,
        "seconds_to_acknowledge": 150,
        "seconds_to_resolve": 3900,
        "resolved_itself": False,
        "night_calls": 0,
    }
    return PastIncident(number, **(values | more))


def lines(*incidents: PastIncident, code: str = "en", **more: Any) -> list[str]:
    history = History(incidents, TEN - HOUR / 2)
    told = Handover(
        **({"team": "Payments", "since": TEN - DAY, "at": TEN, "open": (), "history": history} | more)
    )
    message = handover_message(told, TOKYO, language(code))
    parts = [p["text"] for b in message.blocks for p in ([b["text"]] if "text" in b else b["elements"])]
    return "\n".join(parts).splitlines()


def test_open_incidents_stand_with_age_state_and_assignee() -> None:
    shown = lines(open=(opened(), opened(8, assignees=(), acknowledged=False, created_at=TEN - 2 * DAY)))
    assert shown[1:4] == [
        ":red_circle: *2 incidents are open*",
        "• <https://pd/7|#7 Disk full> · open for 3 h · acknowledged · Ann",
        "• <https://pd/7|#8 Disk full> · open for 2 d · *not acknowledged* · nobody assigned",
    ]


def test_the_last_shifts_incidents_stand_with_their_outcome() -> None:
    shown = lines(
        past(),
        past(6, seconds_to_acknowledge=None, resolved_itself=True, night_calls=2, created_at=TEN - HOUR),
        past(4, seconds_to_resolve=None, created_at=TEN - 10 * HOUR),
    )
    assert shown[1:] == [
        ":white_check_mark: *No incident is open*",
        "*Since Sun 22 Nov 10:00: 3 incidents* · :crescent_moon: 1 of them at night",
        "• <https://pd/5|#6 Slow queries> · not acknowledged · resolved by itself after 1 h 5 min",
        "• <https://pd/5|#5 Slow queries> · acknowledged after 2 min 30 s · resolved after 1 h 5 min",
        "• <https://pd/5|#4 Slow queries> · acknowledged after 2 min 30 s · *still open*",
    ]


def test_in_japanese() -> None:
    shown = lines(past(night_calls=1), code="ja", open=(opened(title="ディスク逼迫"),))
    assert shown == [
        "*引き継ぎ・Payments*",
        ":red_circle: *未解決のインシデント 1件*",
        "• <https://pd/7|#7 ディスク逼迫> · 発生から3時間 · 確認済み · Ann",
        "*11月22日(日) 10:00 以降: インシデント 1件* · :crescent_moon: うち夜間 1件",
        "• <https://pd/5|#5 Slow queries> · 2分30秒で確認・1時間5分で解決",
    ]


def test_hostile_titles_ring_nobody_and_break_no_link() -> None:
    shown = "\n".join(lines(past(title="<!channel> | *x*", url=None), open=(opened(title="a|b <@U1>"),)))
    assert "<!channel>" not in shown
    assert "<@U1>" not in shown
    assert "&lt;!channel&gt; | *x*" in shown


def test_a_title_of_several_lines_is_one_line() -> None:
    assert "<https://pd/7|#7 Disk full on db1> · " in "\n".join(
        lines(open=(opened(title="Disk full\non db1"),))
    )


def test_without_a_warehouse_it_says_so() -> None:
    assert "There is no history yet: the warehouse has not been filled." in lines(history=None)


def test_old_knowledge_says_how_old_it_is() -> None:
    shown = lines(history=History((past(),), TEN - 5 * HOUR))
    assert shown[-1] == "The history is known up to Mon 23 Nov 05:00."
    assert "known up to" not in "\n".join(lines(past()))


def test_of_very_many_the_newest_are_shown_and_the_rest_counted() -> None:
    shown = lines(
        *[past(n, created_at=TEN - n * HOUR / 10) for n in range(40)],
        open=tuple(opened(n, title="x" * 500, created_at=TEN - n * HOUR) for n in range(12)),
    )
    assert sum(line.startswith("• ") for line in shown) == OPEN_SHOWN + PAST_SHOWN
    assert "… and 2 earlier ones" in shown
    assert "… and 25 earlier ones" in shown
    assert "|#39 " not in "\n".join(shown)


@given(st.integers(0, 9 * 24), st.integers(1, 9 * 24), st.integers(0, 200))
def test_the_whole_last_shift_is_told_if_it_ended_since_the_last_announcement(
    ended_ago: int, length: int, announced_ago: int
) -> None:
    end, before = TEN - ended_ago * HOUR, TEN - announced_ago * HOUR
    since = handed_over_since([shift("Ann", end - length * HOUR, end), shift("Ben", end)], before, TEN)
    expected = min(before, end - length * HOUR) if before < end else before
    assert since == max(expected, TEN - LONGEST_SHIFT)


def test_a_weekly_shift_is_told_on_the_day_it_ends_and_otherwise_since_yesterday() -> None:
    week = [shift("Ann", TEN - 7 * DAY, TEN), shift("Ben", TEN, TEN + 7 * DAY)]
    assert handed_over_since(week, TEN - DAY, TEN) == TEN - 7 * DAY
    assert handed_over_since(week, TEN + DAY, TEN + 2 * DAY) == TEN + DAY


def test_an_incident_is_a_teams_by_service_then_policy_then_team() -> None:
    claims = Claims(("S1",), ("P1",), ("T1",), services_of_others=("S2",), policies_of_others=("P2",))
    assert claimed(claims, "S1", "P2", [])
    assert not claimed(claims, "S2", "P1", ["T1"])
    assert claimed(claims, "S3", "P1", [])
    assert not claimed(claims, "S3", "P2", ["T1"])
    assert claimed(claims, "S3", "P3", ["T0", "T1"])
    assert not claimed(claims, "S3", "P3", [])
