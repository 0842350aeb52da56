import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from effect_samples import compared
from report_samples import NOW, incident, report, services
from toban.domain.preview import preview
from toban.domain.report.message import report_message
from toban.domain.report.nouns import Calls, Freshness, LeftOut, Note, PersonCalls
from toban.domain.report.pages import WeekPages
from toban.domain.report.people import people_message
from toban.domain.report.thread import thread_messages
from toban.locale import language

EN, JA = language("en"), language("ja")
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
READ_IN_30_S = 700  # characters: about 125 words at 250 a minute


def busy(**more):
    incidents = tuple(
        incident(i, title=f"Disk full on db-{i}" if i % 3 else "Backlog", service=f"svc-{i % 4}")
        for i in range(30)
    )
    made = report(330, 240, incidents=30)
    return replace(
        made, incidents=incidents, services=services(incidents), calls=Calls(5, 4, 3, 1, 2), **more
    )


def hostile():
    bad = "<!channel> & <@U1> *b*\n> quoted"
    incidents = tuple(incident(i, title=bad, service=bad, notes=(Note(bad, bad * 90),)) for i in range(12))
    made = report(330, 240, incidents=12, team=bad)
    return replace(made, incidents=incidents, services=services(incidents))


def linked():
    """Figures that lead to pages, with as long addresses and names as there are."""
    pages = WeekPages(
        "https://airflow.example.com/" + "x" * 150, "payments", "America/Argentina/Rio_Gallegos"
    )
    names = ["&" * 80 + str(n) for n in range(9)]
    incidents = tuple(incident(n, service=names[n % 9]) for n in range(30))
    rows = tuple(replace(each, ids=("PABCDEF",)) for each in services(incidents))
    return replace(report(330, 240, incidents=30), incidents=incidents, services=rows, pages=pages)


def every_message(made, say):
    people = people_message(made, [PersonCalls("<!here>", 1, 2, 3, 1)], say)
    return [report_message(made, say, NOW), *thread_messages(made, say), people]


def test_the_first_line_and_the_notification_are_the_same_sentence():
    message = report_message(busy(), EN, NOW)
    assert message.blocks[0]["text"]["text"] == message.text
    assert message.text.startswith("*Worse:*")


def test_the_main_message_is_read_in_half_a_minute():
    assert len(preview(report_message(busy(), EN, NOW))) <= READ_IN_30_S


def test_the_figures_stand_beside_the_week_before_and_the_usual():
    text = preview(report_message(busy(), EN, NOW))
    assert "*Incidents*: 30 · +10 on the week before · usually 20" in text
    assert "*MTTA (median)*: 5 min 30 s · +38% on the week before · usually 4 min" in text
    assert "*Night calls*: 3 in 2 nights · +2 on the week before" in text


def test_data_older_than_two_hours_is_said_at_the_top():
    old = Freshness(synced_until=NOW - timedelta(hours=2, minutes=1))
    first = report_message(busy(freshness=old), EN, NOW).blocks[0]["text"]["text"]
    assert (
        first
        == ":warning: The data is 2 h 1 min old (synced until Mon 23 Nov 07:59): newer incidents are missing."
    )
    fresh = Freshness(synced_until=NOW - timedelta(hours=2))
    assert "warning" not in preview(report_message(busy(freshness=fresh), EN, NOW))


def test_a_warehouse_that_was_never_synced_is_said_at_the_top():
    assert (
        "no sync has finished"
        in preview(report_message(busy(freshness=Freshness()), EN, NOW)).splitlines()[0]
    )


def test_a_quiet_week_is_a_short_message_without_empty_tables():
    text = preview(report_message(report(None, incidents=0), EN, NOW))
    assert "*Incidents*" not in text
    assert text.splitlines()[0] == "*Quiet week:* no incidents, after 20 the week before."


def test_the_thread_says_what_was_left_out_and_why():
    left = LeftOut(incomplete=2, resolved_itself_unacknowledged=4, unresolved=1)
    text = preview(thread_messages(busy(left_out=left), EN)[0])
    assert "• 2 began before the stored history is complete (both figures)" in text
    assert "• 4 resolved by themselves before anyone acknowledged (MTTA)" in text
    assert "• 1 not resolved yet (MTTR)" in text
    assert "still open" not in text


def test_the_thread_gives_every_figure_with_the_number_it_rests_on():
    text = preview(thread_messages(busy(), EN)[0])
    assert "MTTA: median 5 min 30 s · mean 7 min 42 s · p90 16 min 30 s (n = 30)" in text


def test_the_longest_incidents_come_with_their_notes_and_no_others_do():
    long = replace(incident(0, title="Slow", notes=(Note("Aiko", "restarted"),)), seconds_to_resolve=90_000)
    made = replace(busy(), incidents=(*busy().incidents[1:], long))
    text = preview(thread_messages(made, EN)[2])
    assert text.splitlines()[1:3] == [
        "• <https://example.pagerduty.com/incidents/P0|#100 Slow> · checkout · 1 d 1 h",
        "> restarted – Aiko",
    ]


def test_the_thread_says_whether_the_improvement_helped_with_what_that_rests_on():
    text = preview(thread_messages(busy(effect=compared()), EN)[0])
    assert "Did it help?" in text
    assert "fell from 9 min to 2 min since 2026-07-01 (95% interval −11 min to −4 min; n 214 and 187)" in text


def test_the_thread_says_how_complete_and_how_costly_the_data_is():
    data = Freshness(synced_until=NOW, stored=99, remote=100, api_calls=1234)
    text = preview(thread_messages(busy(freshness=data), EN)[2])
    assert "99 of 100 incidents stored" in text
    assert "API calls in that week: 1,234" in text


@pytest.mark.parametrize("say", [EN, JA], ids=["en", "ja"])
def test_nothing_from_outside_rings_anyone_or_fakes_a_line(say):
    for message in every_message(hostile(), say):
        sent = message.text + json.dumps(message.blocks, ensure_ascii=False)
        assert not re.search(r"<[!@#]", sent)
        assert "\n> quoted" not in sent.replace("\\n", "\n")


@pytest.mark.parametrize("say", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize(
    "made",
    [busy(), hostile(), linked(), report(None, incidents=0)],
    ids=["busy", "hostile", "linked", "quiet"],
)
def test_each_message_is_one_that_slack_takes_whole(made, say):
    for message in every_message(made, say):
        assert len(message.parts()) == 1
        assert message.text
        for block in message.blocks:
            assert all(len(text) <= 3_000 and text.count("<") == text.count(">") for text in texts_of(block))


def texts_of(block):
    parts = [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]
    return [part["text"].replace("\n> ", "\n") for part in parts if part]


def test_the_thread_has_always_three_parts_so_that_a_correction_finds_each():
    assert len(thread_messages(busy(), EN)) == len(thread_messages(report(None, incidents=0), EN)) == 3


def test_english_holds_no_japanese():
    assert not [
        m for m in every_message(busy(), EN) if CJK.search(m.text + json.dumps(m.blocks, ensure_ascii=False))
    ]


def test_no_person_is_named_outside_of_the_people_message():
    named = busy()
    assert "Aiko" not in "".join(
        preview(m) for m in (report_message(named, EN, NOW), *thread_messages(named, EN))
    )
    assert "• Aiko: 3 at night (2 nights)" in preview(
        people_message(named, [PersonCalls("Aiko", 3, 0, 1, 2)], EN)
    )


def test_an_alert_that_came_once_is_not_called_noisy():
    once = replace(busy(), incidents=tuple(incident(i, title=f"Kind {chr(97 + i)}") for i in range(12)))
    assert "Noisiest" not in preview(report_message(once, EN, NOW))
    assert "none came twice" in preview(thread_messages(once, EN)[1])


def test_the_thread_leaves_out_what_is_zero():
    text = preview(thread_messages(busy(), EN)[1])
    assert "• Disk full on … (svc-1): 6\n" in text
    assert "resolved by itself 0" not in text
