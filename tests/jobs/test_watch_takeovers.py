"""A takeover in the middle of the day is said in the announcement's thread, once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from duty_company import GROUP, TEN, TRIAL, Company, company, directory, policy, team
from toban.errors import SlackRefused

HOUR = timedelta(hours=1)
FIVE = timedelta(minutes=5)


@pytest.fixture
def announced(tmp_path: Path) -> Iterator[Company]:
    with company(tmp_path, team("pay", "E1", keep_topic=True, user_group=GROUP), team("web", "E2")) as made:
        made.announce()
        yield made


def takeovers(made: Company, channel: str = "oncall") -> list[str]:
    """What was said in the thread beside the handovers."""
    keyed = [(each["metadata"]["event_payload"]["key"], each) for each in made.replies(channel)]
    return [each["blocks"][0]["text"]["text"] for key, each in keyed if key.startswith("takeover:")]


def test_an_override_is_said_within_ten_minutes_and_once(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN + 3 * HOUR, TEN + 8 * HOUR)
    announced.clock.now = TEN + 3 * HOUR - FIVE
    assert announced.watch() == []
    announced.clock.now += FIVE
    assert announced.watch() == [
        "takeover:shifts:#oncall:2026-11-23T10:00:00+09:00:E1:PBEN@2026-11-23T04:00Z"
    ]
    announced.clock.now += FIVE
    assert announced.watch() == []
    assert takeovers(announced) == [
        f"*Pay*: from 13:00 <@{announced.slack_id('PBEN')}> is on duty (until 18:00) instead of Ann."
    ]


def test_the_reply_stands_in_the_announcements_thread(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN + HOUR, TEN + 8 * HOUR)
    announced.clock.now = TEN + HOUR
    announced.watch()
    [root] = announced.roots()
    assert {each["thread_ts"] for each in announced.replies()} == {root["ts"]}


def test_the_return_after_the_override_is_said_too(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN + 3 * HOUR, TEN + 8 * HOUR)
    for hour in (3, 8, 9):
        announced.clock.now = TEN + hour * HOUR
        announced.watch()
    assert takeovers(announced)[1:] == [
        f"*Pay*: from 18:00 <@{announced.slack_id('PANN')}> is on duty (until 10:00 tomorrow) instead of Ben."
    ]


def test_an_override_entered_late_for_an_earlier_hour_is_said(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN - HOUR, TEN + 8 * HOUR)
    announced.clock.now = TEN + FIVE
    announced.watch()
    announced.watch()
    assert takeovers(announced) == [
        f"*Pay*: from 10:05 <@{announced.slack_id('PBEN')}> is on duty (until 18:00) instead of Ann."
    ]


def test_the_regular_change_at_the_announcements_hour_is_no_takeover(announced: Company) -> None:
    announced.clock.now = TEN + 24 * HOUR
    assert announced.watch() == []  # the announcement of this hour has not been made yet
    announced.announce()
    announced.clock.now += FIVE
    assert announced.watch() == []
    assert takeovers(announced) == []


def test_a_change_just_before_the_next_announcement_is_left_to_it(announced: Company) -> None:
    announced.override("S1", "PCLEO", TEN + 24 * HOUR - FIVE, TEN + 30 * HOUR)
    announced.clock.now = TEN + 24 * HOUR - FIVE
    assert announced.watch() == []


def test_nothing_is_said_where_nothing_was_announced(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1")) as made:
        made.override("S1", "PBEN", TEN + HOUR, TEN + 8 * HOUR)
        made.clock.now = TEN + 2 * HOUR
        assert made.watch() == []
        assert made.messages() == []


def test_topic_and_user_group_follow(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN + HOUR, TEN + 8 * HOUR)
    announced.clock.now = TEN + HOUR
    announced.watch()
    assert announced.topic() == "On call: Pay: Ben"
    assert announced.members() == [announced.slack_id("PBEN")]


def test_a_pass_that_broke_off_after_speaking_does_not_speak_again(announced: Company) -> None:
    announced.override("S1", "PBEN", TEN + HOUR, TEN + 8 * HOUR)
    announced.clock.now = TEN + HOUR
    key = "shifts:#oncall:2026-11-23T10:00:00+09:00"
    before = announced.voice.announced.last(key)
    assert before is not None
    announced.watch()
    announced.voice.announced.remember(key, before, now=announced.clock.now)  # as if never written
    announced.clock.now += FIVE
    announced.watch()
    assert len(takeovers(announced)) == 1


def test_in_mode_observe_it_is_said_in_the_trial_channel_without_a_mention(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1", mode="observe", language="ja")) as made:
        made.announce()
        made.override("S1", "PCLEO", TEN + HOUR, TEN + 8 * HOUR)
        made.clock.now = TEN + HOUR
        made.watch()
        assert takeovers(made, TRIAL) == [
            "*Pay*: 本日 11:00 から Annさんに代わって佐藤 花子さんが担当します（本日 18:00 まで）。"
        ]


def test_a_gap_that_opens_is_an_alarm_in_the_thread(tmp_path: Path) -> None:
    short = {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 3 * 3600}
    known = directory() | {"escalation_policies": [policy("E1", ["S1"])]}
    known["schedules"][0]["schedule_layers"][0]["restrictions"] = [short]
    with company(tmp_path, team("pay", "E1"), given=known) as made:
        made.announce()
        made.clock.now = TEN + 2 * HOUR
        made.watch()
        made.watch()
        [alarm] = takeovers(made)
        assert alarm.startswith(
            "*Pay*: :rotating_light: *Nobody is on call right now on level 1*: Ann is off"
        )


def test_of_a_team_that_speaks_on_weekdays_the_weekend_is_watched_in_fridays_thread(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1", weekdays=["mon"])) as made:
        made.announce()
        made.clock.now = TEN + 24 * HOUR
        made.watch()
        assert takeovers(made) == [
            f"*Pay*: from 10:00 <@{made.slack_id('PBEN')}> is on duty (until 10:00 tomorrow) instead of Ann."
        ]


def test_a_channel_that_refuses_does_not_keep_the_others_from_being_watched(tmp_path: Path) -> None:
    teams = team("pay", "E1"), team("web", "E2", announce_channel=f"#{TRIAL}")
    with company(tmp_path, *teams) as made:
        made.announce("pay")
        made.announce("web")
        for key in ("S1", "S2"):
            made.override(key, "PDAN", TEN + HOUR, TEN + 2 * HOUR)
        made.clock.now = TEN + HOUR
        made.workspace.channels.named("oncall")["is_archived"] = True
        with pytest.raises(SlackRefused, match="#oncall is archived"):
            made.watch()
        assert takeovers(made, TRIAL) == [
            "*Web*: from 11:00 Dan is on duty (until 12:00) instead of 佐藤 花子."
        ]


def test_a_gap_that_opens_again_before_the_next_shift_is_a_second_alarm(tmp_path: Path) -> None:
    short = {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 3 * 3600}
    known = directory() | {"escalation_policies": [policy("E1", ["S1"])]}
    known["schedules"][0]["schedule_layers"][0]["restrictions"] = [short]
    with company(tmp_path, team("pay", "E1"), given=known) as made:
        made.announce()
        made.clock.now = TEN + 2 * HOUR
        made.watch()
        made.override("S1", "PCLEO", TEN + 3 * HOUR, TEN + 4 * HOUR)
        for hour in (3, 4, 5):
            made.clock.now = TEN + hour * HOUR
            made.watch()
        alarms = [text for text in takeovers(made) if "*Nobody is on call right now" in text]
        assert [text.split("*: ")[-1] for text in alarms] == [
            "Ann is off duty. Next: Ann from 09:00 tomorrow.",
            "佐藤 花子 is off duty. Next: Ann from 09:00 tomorrow.",
        ]


def test_of_teams_that_share_a_policy_all_are_named_in_one_reply(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1"), team("web", "E1", "E2")) as made:
        made.announce()
        made.override("S1", "PDAN", TEN + HOUR, TEN + 2 * HOUR)
        made.clock.now = TEN + HOUR
        made.watch()
        assert takeovers(made) == [
            "*Pay*, *Web* · Policy E1: from 11:00 Dan is on duty (until 12:00) instead of Ann."
        ]
