"""What the announcement says, in both languages, and that Slack takes it."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from duty_samples import BERLIN, NEW_YORK, TOKYO, duty, local, shift
from toban.domain.announcement.message import Announcement, announcement
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.message import BLOCKS, BLOCKS_CHARACTERS
from toban.locale import language

TEN = local(TOKYO, 2026, 11, 23, 10)
DAY = timedelta(days=1)
EN, JA = language("en"), language("ja")


def texts(blocks: Any) -> list[str]:
    return [
        part["text"]
        for block in blocks
        for part in ([block["text"]] if "text" in block else block["elements"])
    ]


def said(*teams: TeamDuty, say: Any = EN, mentions: dict[str, str] | None = None) -> str:
    """Everything the main message shows."""
    message = announcement(Announcement(teams[0].at, teams, mentions or {}), say)[0]
    return "\n".join(texts(message.blocks))


def week(*names: str, start: datetime = TEN, days: int = 1, **more: Any) -> list[Any]:
    """People in turn, each for some days."""
    turn = days * DAY
    return [shift(name, start + n * turn, start + (n + 1) * turn, **more) for n, name in enumerate(names)]


FULL = [*week("Ann", "Ben", days=10), shift("Cleo", level=2, schedule=None)]


def test_it_says_who_is_on_duty_until_when_and_who_is_next() -> None:
    shown = said(duty(TOKYO, TEN, FULL, levels=(1, 2)), mentions={"PANN": "<@U1>"})
    assert shown.splitlines() == [
        "On call today · Mon 23 Nov",
        "*Payments*",
        ":pager: Level 1: <@U1> until Thu 3 Dec 10:00",
        ":telephone_receiver: Level 2: Cleo always on call",
        "Next on level 1: Ben from Thu 3 Dec 10:00",
        "As of 10:00 (Asia/Tokyo)",
    ]


def test_it_says_so_in_japanese() -> None:
    shown = said(duty(TOKYO, TEN, FULL, levels=(1, 2), name="決済"), say=JA, mentions={"PANN": "<@U1>"})
    assert shown.splitlines() == [
        "本日のオンコール担当 11月23日(月)",
        "*決済*",
        ":pager: レベル1: <@U1> (12月3日(木) 10:00 まで)",
        ":telephone_receiver: レベル2: Cleo (常時)",
        "次の担当 レベル1: Ben (12月3日(木) 10:00 から)",
        "10:00 時点（Asia/Tokyo）",
    ]


def test_only_the_first_level_is_rung() -> None:
    known = {"PANN": "<@U1>", "PBEN": "<@U2>", "PCLEO": "<@U3>"}
    shown = said(duty(TOKYO, TEN, FULL, levels=(1, 2)), mentions=known)
    assert "<@U1>" in shown
    assert "<@U2>" not in shown
    assert "<@U3>" not in shown


def test_in_mode_observe_nobody_is_mentioned() -> None:
    shown = said(duty(TOKYO, TEN, FULL, rings=False), mentions={"PANN": "<@U1>"})
    assert "<@" not in shown
    assert "Ann until" in shown
    assert "Trial: nobody was mentioned" in shown


def test_whom_slack_does_not_know_is_named_and_pointed_out() -> None:
    shown = said(duty(TOKYO, TEN, FULL))
    assert ":pager: Level 1: Ann until" in shown
    assert "Not found in Slack, so not mentioned: Ann" in shown


def test_several_people_on_a_level_are_said_with_their_ends() -> None:
    both = [shift("Ann", TEN, TEN + DAY), shift("Ben", TEN, TEN + DAY), shift("Cleo")]
    shown = said(duty(TOKYO, TEN, both), mentions={"PANN": "<@U1>", "PBEN": "<@U2>", "PCLEO": "<@U3>"})
    assert "Level 1: <@U1>, <@U2> until 10:00 tomorrow; <@U3> always on call" in shown


@pytest.mark.parametrize(
    ("zone", "end", "words"),
    [
        (TOKYO, (2026, 11, 23, 18), "until 18:00"),
        (TOKYO, (2026, 11, 24, 0), "until midnight"),
        (TOKYO, (2026, 11, 24, 10), "until 10:00 tomorrow"),
        (TOKYO, (2026, 11, 30, 10), "until Mon 30 Nov 10:00"),
        (TOKYO, (2026, 12, 1, 0), "until Tue 1 Dec 00:00"),
        (BERLIN, (2026, 11, 24, 9), "until 09:00 tomorrow"),
        (NEW_YORK, (2026, 11, 22, 21), "until 21:00"),
        (NEW_YORK, (2026, 11, 23, 9), "until 09:00 tomorrow"),
    ],
)
def test_the_end_is_said_on_the_teams_own_clock(
    zone: ZoneInfo, end: tuple[int, int, int, int], words: str
) -> None:
    planned = [shift("Ann", TEN - DAY, local(zone, *end)), shift("Ben", local(zone, *end), TEN + 30 * DAY)]
    assert f"Ann {words}\n" in said(duty(zone, TEN, planned, rings=False)) + "\n"


def test_on_the_last_of_the_month_tomorrow_is_the_first() -> None:
    at = local(TOKYO, 2026, 11, 30, 10)
    shown = said(duty(TOKYO, at, [*week("Ann", "Ben", start=at), shift("Cleo", at + 2 * DAY)]))
    assert "Ann until 10:00 tomorrow" in shown
    assert "Ben from 10:00 tomorrow" in shown


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_ten_o_clock_is_ten_o_clock_after_the_clocks_went_back(zone: ZoneInfo) -> None:
    day = 24 if zone is BERLIN else 31
    at, then = local(zone, 2026, 10, day, 10), local(zone, 2026, 10, day, 10) + 25 * timedelta(hours=1)
    shown = said(duty(zone, at, [shift("Ann", at, then), shift("Ben", then)]))
    assert "Ann until 10:00 tomorrow" in shown
    assert "Gaps" not in shown


def test_a_level_that_rings_nobody_is_said_first_and_loudly() -> None:
    planned = [shift("Ann", TEN - DAY, TEN), shift("Ben", TEN + DAY), shift("Cleo", level=2)]
    message = announcement(Announcement(TEN, [duty(TOKYO, TEN, planned, levels=(1, 2, 3))], {}), EN)[0]
    assert texts(message.blocks)[1].splitlines() == [
        ":rotating_light: *Nobody is on call right now*",
        "• *Payments*, level 1 (until 10:00 tomorrow)",
        "• *Payments*, level 3 (no end in sight)",
    ]
    assert message.text == "On call: Payments: NOBODY"


def test_gaps_of_all_levels_are_warned_of_two_weeks_ahead() -> None:
    planned = [
        *week("Ann", "Ben", days=4),
        shift("Ann", TEN + 8 * DAY + timedelta(hours=2), TEN + 20 * DAY),
        shift("Cleo", TEN - DAY, TEN + 13 * DAY, level=2),
    ]
    shown = said(duty(TOKYO, TEN, planned, levels=(1, 2)))
    assert ":warning: *Gaps in the next 14 days*" in shown
    assert "• *Payments*, level 1: Tue 1 Dec 10:00 – 12:00" in shown
    assert "• *Payments*, level 2: from Sun 6 Dec 10:00" in shown


def test_a_gap_beyond_two_weeks_is_not_said_yet() -> None:
    assert "Gaps" not in said(duty(TOKYO, TEN, [shift("Ann", TEN - DAY, TEN + 15 * DAY)]))


def test_all_policies_of_a_team_are_in_the_one_message() -> None:
    planned = [shift("Ann", policy="APP"), shift("Ben", policy="DATA")]
    shown = said(duty(TOKYO, TEN, planned), duty(TOKYO, TEN, [shift("Cleo")], name="Search"))
    assert "*Payments* · App\n:pager: Level 1: Ann always on call" in shown
    assert "*Payments* · Data\n:pager: Level 1: Ben always on call" in shown
    assert "*Search*\n:pager: Level 1: Cleo always on call" in shown


def test_hostile_names_ring_nobody() -> None:
    planned = [shift("<!channel>"), shift("<@U9> & co", level=2)]
    team = duty(TOKYO, TEN, planned, levels=(1, 2), name="<!here>")
    for message in announcement(Announcement(TEN, [team], {}), EN):
        shown = "\n".join([message.text, *texts(message.blocks)])
        assert "<" not in shown
        assert "&lt;!channel&gt;" in shown


def test_a_locked_phone_shows_team_and_person_worst_news_first() -> None:
    teams = [duty(TOKYO, TEN, [shift(name)], name=f"Team {name}") for name in ("Ann", "Ben", "Cleo", "Dan")]
    teams.append(duty(TOKYO, TEN, [], name="Empty"))
    message = announcement(Announcement(TEN, teams, {}), EN)[0]
    assert message.text == "On call: Empty: NOBODY; Team Ann: Ann; Team Ben: Ben; +2"


@pytest.mark.parametrize("say", [EN, JA])
@pytest.mark.parametrize("policies", [1, 12, 13, 60, 400])
def test_however_many_schedules_each_message_is_within_slacks_limits(policies: int, say: Any) -> None:
    broken = [shift("Zoe " * 8, TEN + (2 * n) * DAY, TEN + (2 * n + 1) * DAY) for n in range(7)]
    teams = [
        duty(TOKYO, TEN, [*broken, shift("Y" * 40, level=2)], levels=(1, 2, 3), name=f"{'Team ' * 8}{n}")
        for n in range(policies)
    ]
    parts = announcement(Announcement(TEN, teams, {}), say)
    for part in parts:
        assert len(part.blocks) <= BLOCKS
        assert len(json.dumps(part.blocks, ensure_ascii=False, separators=(",", ":"))) <= BLOCKS_CHARACTERS
    everything = "\n".join(text for part in parts for text in texts(part.blocks))
    assert all(f"{'Team ' * 8}{n}*" in everything for n in range(policies))


def test_of_many_policies_the_message_says_the_first_level_and_the_thread_the_rest() -> None:
    teams = [
        duty(TOKYO, TEN, [shift("Ann"), shift("Ben", level=2)], levels=(1, 2), name=f"T{n}")
        for n in range(20)
    ]
    main, *thread = announcement(Announcement(TEN, teams, {"PANN": "<@U1>"}), EN)
    assert texts(main.blocks)[1].splitlines() == [f"*T{n}*  <@U1> always on call" for n in range(20)]
    assert "All levels and who is next: in the thread" in texts(main.blocks)
    below = "\n".join(text for part in thread for text in texts(part.blocks))
    assert below.count(":telephone_receiver: Level 2: Ben always on call") == 20
    assert "<@" not in below


def test_gaps_left_out_of_the_message_are_all_in_the_thread() -> None:
    nightly = [shift("Ann", TEN + n * DAY, TEN + n * DAY + timedelta(hours=20)) for n in range(14)]
    main, *thread = announcement(Announcement(TEN, [duty(TOKYO, TEN, nightly)], {}), EN)
    assert texts(main.blocks)[1].endswith("…")
    assert texts(thread[0].blocks)[0].count("06:00 – 10:00") == 13


def test_in_japanese_no_bold_runs_into_a_full_width_sign_which_slack_would_not_end_it_at() -> None:
    planned = [*week("Ann", days=2), shift("Ben", level=3)]
    teams = [
        duty(TOKYO, TEN, planned, levels=(1, 2, 3)),
        duty(TOKYO, TEN, [shift("Ann", policy="A"), shift("Ben", policy="A"), *week("B")]),
    ]
    shown = said(*teams, say=JA)
    assert not re.search(r"\*[^\x00-\x7f]", re.sub(r"\*[^*\n]+\*(?=[\x00-\x7f]|$)", "", shown, flags=re.M))
