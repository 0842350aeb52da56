"""What the thread says, in both languages, and that hostile text stays text."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts.incidents import AIKO, BEN, START, at, event, incident, thread
from toban.domain.alerts.actions import Remind, Unmanned
from toban.domain.alerts.briefing import RunbookHint, briefing_message
from toban.domain.alerts.calls import reminder_message, unmanned_message
from toban.domain.alerts.lines import edited_note_text, line_text, note_key
from toban.domain.alerts.message import LOCKED_PHONE, head_message, phone_text
from toban.domain.alerts.nouns import Alert, Change, Kind, Note, Reference, Status
from toban.domain.alerts.speech import Speech
from toban.domain.people import Person
from toban.locale import language

TOKYO = ZoneInfo("Asia/Tokyo")
EN = Speech(language("en"), TOKYO, {"PAIKO": "<@UAIKO>"})
JA = Speech(language("ja"), TOKYO, {"PAIKO": "<@UAIKO>"})
HOSTILE = '<!channel> <@U1> *x* </script> & "'


def texts(blocks: tuple[dict[str, object], ...]) -> list[str]:
    """What the blocks say, in order."""
    found = []
    for block in blocks:
        # type: ignore[misc]
        found.extend(
            str(part["text"])
            for part in (block.get("text"), *(block.get("elements") or []))
            if isinstance(part, dict)
        )
    return found


def head(speech: Speech = EN, rings: bool = True, **given: object) -> list[str]:
    one = incident(url="https://pd.example/Q1", **given)
    told = thread(alert=Alert(tool="Datadog"))
    return texts(head_message(one, told, speech, rings=rings).blocks)


def test_the_head_says_what_it_is_whom_it_asks_and_since_when() -> None:
    assert head(priority="P1", alert_count=3) == [
        ":red_circle: [P1] *disk full on db-1* · <https://pd.example/Q1|#7>",
        "<@UAIKO> please acknowledge.",
        "Payments API · high urgency · from Datadog · since Wed 25 Nov 03:00 · 3 alerts",
    ]


def test_the_head_in_japanese() -> None:
    assert head(JA, alert_count=3)[1:] == [
        "<@UAIKO> 確認をお願いします。",
        "Payments API · 高緊急度 · Datadog より · 11月25日(水) 03:00 発生 · アラート3件",
    ]


def test_without_ringing_people_are_named() -> None:
    assert head(rings=False)[1] == "Waits for Aiko Tanaka."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"status": Status.ACKNOWLEDGED, "acknowledged_by": (BEN,), "acknowledged_at": at(2.5)},
            "Acknowledged by Ben Ito after 2 min 30 s.",
        ),
        (
            {"status": Status.RESOLVED, "resolved_by": BEN, "resolved_at": at(20)},
            "Resolved by Ben Ito after 20 min.",
        ),
        ({"status": Status.RESOLVED, "resolved_at": at(20)}, "Resolved by itself after 20 min."),
        (
            {"status": Status.RESOLVED, "resolved_at": at(1), "merged_into": Reference()},
            "Merged into another incident after 1 min.",
        ),
        (
            {
                "status": Status.RESOLVED,
                "resolved_at": at(1),
                "merged_into": Reference("[#8] <!here>", "https://pd.example/Q2"),
            },
            "Merged into <https://pd.example/Q2|[#8] &lt;!here&gt;> after 1 min.",
        ),
        (
            {"status": Status.ACKNOWLEDGED, "acknowledged_by": (BEN,), "wakes_at": at(60)},
            "Acknowledged by Ben Ito.\nPagerDuty asks again: Wed 25 Nov 04:00.",
        ),
        ({"assigned": ()}, "Nobody is assigned in PagerDuty."),
    ],
)
def test_the_head_says_how_it_stands(given: dict[str, object], sentence: str) -> None:
    assert head(**given)[1] == sentence


@given(st.text(max_size=2_000), st.text(max_size=200), st.text(max_size=20))
def test_a_locked_phone_shows_at_most_110_characters(title: str, service: str, priority: str) -> None:
    shown = phone_text(incident(title=title, service_name=service, priority=priority))
    assert len(shown) <= LOCKED_PHONE
    assert "<" not in shown


def test_hostile_text_shows_as_text_everywhere() -> None:
    somebody = Person("PX", HOSTILE)
    one = incident(title=HOSTILE, service_name=HOSTILE, priority=HOSTILE, assigned=(somebody,))
    told = thread(alert=Alert(tool=HOSTILE))
    note = Note("N1", somebody, HOSTILE, START, START)
    change = Change(START, HOSTILE, HOSTILE, "https://x.example/|a>b")
    hint = RunbookHint(HOSTILE, HOSTILE, HOSTILE)
    said = [
        phone_text(one),
        *texts(head_message(one, told, EN, rings=True).blocks),
        *texts(briefing_message(hint, [change], [], EN, "").blocks),
        edited_note_text(note, EN),
        line_text(event(Kind.ANNOTATE, by=somebody, text=HOSTILE), one, EN) or "",
        line_text(event(Kind.URGENCY, text=HOSTILE), one, EN) or "",
        line_text(event(Kind.ESCALATE, by=somebody, to=(somebody,)), one, EN) or "",
    ]
    for text in said:
        assert "<!" not in text
        assert "<@" not in text
        assert "</script" not in text
        assert "&lt;!channel&gt;" in text


@pytest.mark.parametrize(
    ("kind", "given", "line"),
    [
        (Kind.ACKNOWLEDGE, {"by": BEN}, "03:02 :eyes: Acknowledged by Ben Ito after 2 min"),
        (
            Kind.UNACKNOWLEDGE,
            {"channel": "timeout"},
            "03:02 :red_circle: The acknowledgement ran out; it is open again",
        ),
        (Kind.ESCALATE, {"to": (BEN,)}, "03:02 :arrow_up: Nobody answered; PagerDuty escalated to Ben Ito"),
        (Kind.ESCALATE, {"by": AIKO, "to": (BEN,)}, "03:02 :arrow_up: Aiko Tanaka escalated to Ben Ito"),
        (
            Kind.ASSIGN,
            {"by": AIKO, "to": (BEN,)},
            "03:02 :bust_in_silhouette: Aiko Tanaka reassigned it to Ben Ito",
        ),
        (Kind.ASSIGN, {"to": (BEN,)}, None),
        (
            Kind.SNOOZE,
            {"by": AIKO, "until": at(60)},
            "03:02 :zzz: Snoozed by Aiko Tanaka until Wed 25 Nov 04:00",
        ),
        (Kind.RESOLVE, {"channel": "api"}, "03:02 :white_check_mark: Resolved by itself after 2 min"),
        (Kind.RESOLVE, {"by": BEN}, "03:02 :white_check_mark: Resolved by Ben Ito after 2 min"),
        (Kind.REOPEN, {"by": BEN}, "03:02 :red_circle: Reopened by Ben Ito"),
        (Kind.ANNOTATE, {"by": BEN, "text": "failed\nover"}, "03:02 :memo: Ben Ito noted: failed over"),
        (Kind.TRIGGER, {}, None),
        (Kind.OTHER, {"text": "something new"}, None),
    ],
)
def test_each_event_has_its_line(kind: Kind, given: dict[str, object], line: str | None) -> None:
    assert line_text(event(kind, 2, **given), incident(), EN) == line


def test_a_draft_that_became_a_note_is_not_told_again() -> None:
    noted = event(Kind.ANNOTATE, by=AIKO, text="> **Draft.** Toban made this.\n\n## Meaning\n\nlong")
    assert (
        line_text(noted, incident(), EN) == "03:01 :memo: Aiko Tanaka added the draft of a runbook as a note"
    )


def test_an_edited_note_is_said_anew_and_an_equal_one_is_not() -> None:
    note = Note("N1", BEN, "failed over", at(5), at(5))
    edited = replace(note, content="failed over to db-2", updated_at=at(9))
    assert note_key("Q1", note) == note_key("Q1", replace(note, updated_at=at(7)))
    assert note_key("Q1", note) != note_key("Q1", edited)
    assert edited_note_text(edited, EN) == "03:09 :pencil2: Ben Ito edited a note: failed over to db-2"


def test_a_reminder_says_since_when_and_about_what() -> None:
    message = reminder_message(Remind("k", (AIKO, BEN), timedelta(minutes=6, seconds=20)), "P: disk", EN)
    assert message.text == "P: disk"
    assert texts(message.blocks) == [":bell: <@UAIKO>, *Ben Ito* nobody has acknowledged for 6 min."]


def test_a_level_with_nobody_is_said() -> None:
    message = unmanned_message(Unmanned("k", 1, (AIKO,)), "P: disk", JA)
    assert texts(message.blocks) == [":warning: レベル1にオンコール担当がいません。<@UAIKO> に連絡します。"]


def test_the_briefing_has_the_first_step_and_the_latest_changes() -> None:
    hint = RunbookHint(
        "Disk full", "Run `df -h` on the host.", "keyword 'disk full'", "https://git.example/d.md"
    )
    changes = [
        Change(at(-100), "deploy 41", "CI"),
        Change(at(-10), "deploy 42", "CI", "https://ci.example/42"),
    ]
    assert texts(briefing_message(hint, changes, [], EN, "").blocks) == [
        (
            ":book: Runbook: <https://git.example/d.md|Disk full> (keyword 'disk full')\n"
            "First step: Run `df -h` on the host."
        ),
        (
            ":wrench: 2 changes to this service in the last two hours:\n"
            "• 02:50 <https://ci.example/42|deploy 42> (CI)\n• 01:20 deploy 41 (CI)"
        ),
    ]


def test_a_runbook_that_no_rule_names_is_offered_as_a_guess() -> None:
    hint = RunbookHint("Clock <skew>", "", "words in common: <!channel>", guess=True)
    assert texts(briefing_message(hint, [], [], EN, "").blocks) == [
        ":mag: Perhaps this runbook: *Clock &lt;skew&gt;* (words in common: &lt;!channel&gt;)"
    ]
    assert ":mag: このランブックかもしれません: " in texts(briefing_message(hint, [], [], JA, "").blocks)[0]


def test_without_a_runbook_the_briefing_says_so() -> None:
    assert texts(briefing_message(None, [], [], JA, "").blocks) == [
        ":grey_question: このアラートのランブックはまだありません。"
    ]
