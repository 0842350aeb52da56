"""What is said of health, in the thread that everybody reads and in the private channel."""

import re
from dataclasses import fields, replace

import pytest

from health_samples import NAMES, assessed, at, facts, rang, shift, turns
from toban.domain.health.notes import own_sources
from toban.domain.health.people_message import people_message
from toban.domain.health.reachability import SetUp
from toban.domain.health.rows import COLUMNS, rows, shown
from toban.domain.health.team_message import team_message
from toban.domain.health.thresholds import Limit, Thresholds
from toban.domain.people import Person
from toban.domain.preview import preview
from toban.domain.spans import Span
from toban.locale import language

EN, JA = language("en"), language("ja")
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
READ_IN_30_S = 750  # characters: about 130 words and figures at 260 a minute
BAD = "<!channel> & <@U1>"
NIGHTS = tuple(rang(day, 2, "a") for day in (0, 1, 3))
DAILY = tuple(rang(day, 12, "abc"[(day + 77) % 3]) for day in range(-77, 7))


def troubled():
    """A is rung in three nights, B cannot be rung, C says to live in Berlin; the weeks before were calm."""
    people = (SetUp("a", 2, "Asia/Tokyo"), SetUp("b", 0, "Asia/Tokyo"), SetUp("c", 2, "Europe/Berlin"))
    return assessed(facts((*DAILY, *NIGHTS), people=people))


def test_the_verdict_comes_first_and_is_the_notification():
    message = team_message(troubled(), EN)
    assert message.text == "On-call health: 3 of 12 limits exceeded"
    assert preview(message).startswith(f"*{message.text}*\n")


def test_the_sums_are_read_in_half_a_minute_and_mark_what_is_too_much():
    text = preview(team_message(troubled(), EN))
    assert len(team_message(troubled(), EN).blocks[0]["text"]["text"]) <= READ_IN_30_S
    assert "Calls in the week: 10 (3 at night in 3 nights, 2 evenings and weekends, 5 business hours)" in text
    assert [line for line in text.splitlines() if line.startswith(":warning:")] == [
        ":warning: People with more interrupted nights than the limit: 1 of 3",
        ":warning: Load against the mean of the 11 weeks before: +86% (limit +25%)",
        ":warning: People without notification rules, whom PagerDuty cannot ring: 1 of 3",
    ]


def test_the_thread_names_nobody():
    for say in (EN, JA):
        text = preview(team_message(troubled(), say))
        assert not [name for name in NAMES.values() if name in text]


def test_the_weeks_sum_is_left_out_where_it_would_tell_one_persons_figure():
    report = assessed(facts((*DAILY[:-7], rang(0, 12, "a"))))
    text = preview(team_message(report, EN))
    assert "Calls in the week" not in text
    assert "Load against the mean" not in text
    assert "Calls in the last 12 weeks: 78" in text
    assert "Sums of fewer than 3 people are not shown here." in text


def test_a_week_that_is_not_wholly_known_is_called_so_and_its_sum_left_out():
    report = assessed(facts((*DAILY, *NIGHTS), known=Span(at(-365, 0), at(6, 0))))
    assert "Calls in the week" not in preview(team_message(report, EN))
    text = preview(people_message(report, EN))
    assert (
        "• The stored history does not hold the whole week: this is what is known.\n• Aiko: 5 (3 at" in text
    )


def test_a_quiet_team_is_within_all_limits():
    assert team_message(assessed(facts(DAILY)), EN).text == "On-call health: within all 12 limits"


def test_without_history_nothing_is_claimed():
    report = replace(assessed(facts()), findings=())
    assert team_message(report, EN).text == "On-call health: too little is known to say anything"


def test_the_private_message_says_whose_it_is_and_what_to_ask():
    text = preview(people_message(troubled(), EN))
    assert "• Aiko: 3 interrupted nights (limit 2)" in text
    assert "• Ben: no notification rules: PagerDuty cannot ring" in text
    assert "• Cai: time zone Europe/Berlin, the team's is Asia/Tokyo: is that right?" in text
    assert "Highest load: 1.2 times the median of 3 people (limit 2)" in text


def test_two_people_of_one_name_keep_a_line_each():
    known = facts((*DAILY, *NIGHTS), names=dict.fromkeys("abcd", "Sato"))
    text = preview(people_message(assessed(known), EN))
    assert text.count("• Sato: ") == 1 + 3 * 3  # beyond a limit; week, load and weeks to come


def test_a_busy_shift_is_told_on_the_teams_clock():
    busy = tuple(rang(0, 9, "d", incident=f"B{n}") for n in range(5))
    report = assessed(facts(busy, shifts=(*turns(), shift(0, 1, "d"))))
    text = preview(people_message(report, EN))
    assert "• Dai: 5 incidents in the shift Mon 16 Nov 00:00 – Tue 17 Nov 00:00 (limit 4)" in text


def test_what_is_expected_stands_by_person_and_week():
    text = preview(people_message(assessed(facts(DAILY)), EN))
    assert "*Calls expected by person, in the weeks from Mon 23 Nov, Mon 30 Nov, Mon 7 Dec*" in text
    (aiko,) = [line for line in text.splitlines() if line.startswith("• Aiko: ") and line.count(" · ") == 2]
    assert aiko == "• Aiko: 2.9 · 1.8 · 2.3"


@pytest.mark.parametrize("message", [team_message, people_message])
def test_each_language_keeps_to_itself(message):
    assert not CJK.search(preview(message(troubled(), EN)))
    assert CJK.search(message(troubled(), JA).text)


@pytest.mark.parametrize("message", [team_message, people_message])
def test_hostile_names_zones_and_sources_ring_nobody(message):
    people = tuple(SetUp(person, 0, BAD) for person in "abc")
    known = facts((*DAILY, *NIGHTS), people=people, names=dict.fromkeys("abcd", BAD))
    text = preview(message(assessed(known, Thresholds(nights_per_week=Limit(1, BAD))), EN))
    assert "<!" not in text
    assert "<@" not in text
    assert "&lt;!channel&gt;" in text


@pytest.mark.parametrize("say", [EN, JA])
def test_however_many_people_there_are_no_paragraph_is_cut(say):
    many = {f"p{n}": f"{n:03} " + "長い名前" * 30 for n in range(60)}
    people = tuple(SetUp(person, 0, "Europe/Berlin") for person in many)
    shifts = tuple(replace(shift(-77, 28), person=Person(person, name)) for person, name in many.items())
    calls = tuple(rang(day, 2, person) for person in many for day in (0, 1, 3))
    message = people_message(assessed(facts(calls, people=people, names=many, shifts=shifts)), say)
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert max(map(len, texts)) < 3000
    assert sum(text.count("• 0") for text in texts) == 60 * 4  # issues, week, load, to come


def test_toban_s_own_sources_are_all_translated():
    limits = [getattr(Thresholds(), one.name) for one in fields(Thresholds)]
    sources = {each.source for each in limits if isinstance(each, Limit)}
    sources |= {each for each in limits if isinstance(each, str)}
    assert sources == own_sources(EN).keys()
    assert all(text != source for source, text in own_sources(JA).items())


def test_rows_hold_everything_for_programs_and_fit_a_terminal_for_people():
    report = troubled()
    (row,) = [
        dict(zip(COLUMNS, one, strict=True)) for one in rows(report) if one[2] == "nights" and one[3] == "a"
    ]
    assert row | {"source": ""} == {
        "team": "pay", "week": report.week.start, "topic": "nights", "person_id": "a", "person": "Aiko",
        "since": None, "until": None, "value": 3, "n": 5, "threshold": 2, "verdict": "beyond", "source": "",
    }  # fmt: skip
    zone = next(one for one in shown(report) if one[0] == "time_zone" and one[1])
    assert zone[:7] == ("time_zone", "Cai", None, None, "Europe/Berlin", 1, "Asia/Tokyo")
    coming = next(one for one in shown(report) if one[0] == "projected_load")
    assert coming[2:4] == ("11-23 00:00", "11-30 00:00")
