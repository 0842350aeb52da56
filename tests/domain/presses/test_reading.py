"""Slack's payloads become presses; whatever is not Toban's becomes nothing."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.presses.payloads import URL, chosen, envelope, pressed, shortcut, submitted
from toban.domain.presses.note import note_view
from toban.domain.presses.nouns import NOTE_CHARACTERS, Action, Blank, Choice, Dialog, Press
from toban.domain.presses.reading import parse
from toban.domain.presses.values import About
from toban.locale import language

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def read(payload: dict[str, Any]) -> Press:
    found = parse(payload, NOW)
    assert isinstance(found, Press)
    return found


def test_a_button_is_a_press_of_its_incident_and_round() -> None:
    press = read(pressed("toban_acknowledge", About("Q1", 2).packed()))
    assert (press.key, press.incident_id, press.action) == ("acknowledge:Q1:2", "Q1", Action.ACKNOWLEDGE)
    assert (press.round, press.received_at, press.response_url) == (2, NOW, URL)
    assert (press.slack_user, press.slack_team, press.begun_at) == ("U0AIKO", "T0HOME", None)


@pytest.mark.parametrize("action", [Action.ACKNOWLEDGE, Action.RESOLVE, Action.ESCALATE, Action.SILENCE])
def test_another_persons_press_of_the_same_button_is_the_same(action: Action) -> None:
    other = pressed(action.action_id) | {"user": {"id": "U0BEN", "team_id": "T0HOME"}}
    assert read(other).key == read(pressed(action.action_id)).key == f"{action.value}:Q1:0"


@pytest.mark.parametrize("action", [Action.HELPED, Action.WRONG, Action.NO_ACTION])
def test_an_opinion_is_one_for_each_person(action: Action) -> None:
    assert read(pressed(action.action_id)).key == f"{action.value}:Q1:0:U0AIKO"


def test_each_press_for_a_draft_is_answered_and_its_note_is_one() -> None:
    asked = [pressed("toban_draft_runbook"), pressed("toban_draft_runbook")]
    asked[1]["actions"][0]["action_ts"] = "1764003600.000000"
    first, later = (read(each) for each in asked)
    assert first.key != later.key
    other = pressed("toban_draft_note") | {"user": {"id": "U0BEN", "team_id": "T0HOME"}}
    assert read(other).key == read(pressed("toban_draft_note")).key == "draft_note:Q1:0"


def test_a_snooze_has_its_choice_and_the_moment_of_choosing() -> None:
    press = read(chosen(About("Q1", 0, Choice.FOUR_HOURS).packed()))
    assert (press.text("choice"), press.key) == ("4h", "snooze:Q1:0:4h:1764000000.123456")
    assert read(chosen(About("Q1", 0, Choice.FOUR_HOURS).packed(), "1764003600.000000")).key != press.key


@pytest.mark.parametrize("choice", ["", "2h", "9999999h", "1h:x"])
def test_a_choice_that_does_not_exist_is_nothing(choice: str) -> None:
    assert parse(chosen(About("Q1", 0, choice).packed()), NOW) is None


def test_the_note_button_asks_for_a_dialog_in_the_messages_language() -> None:
    asked = parse(pressed("toban_note", About("Q1", 1, language="ja").packed()), NOW)
    assert asked == Dialog("1.2.abc", "Q1", 1, "ja", URL)


def test_a_written_note_is_a_press_that_can_be_answered() -> None:
    view = note_view(Dialog("1.2.abc", "Q1", 1, "ja", URL), language("ja"))
    press = read(submitted("  Disk is full\n", view["private_metadata"]))
    assert (press.action, press.incident_id, press.round) == (Action.NOTE, "Q1", 1)
    assert (press.text("text"), press.response_url) == ("Disk is full", URL)
    assert press.key == read(submitted("Disk is full", view["private_metadata"])).key
    assert press.key != read(submitted("Disk is full", view["private_metadata"], "V2")).key


@pytest.mark.parametrize("text", ["", " \n ", "\x00", None, 7])
def test_a_note_without_words_is_blank(text: object) -> None:
    assert parse(submitted(text, About("Q1", 0, language="ja").packed()), NOW) == Blank("ja")


def test_a_note_keeps_to_what_a_note_may_hold() -> None:
    text = read(submitted("x" * 5000, About("Q1", 0).packed())).text("text")
    assert len(text) == NOTE_CHARACTERS
    assert text.endswith("…")


def test_a_shortcut_carries_the_reply_as_a_person_reads_it() -> None:
    press = read(shortcut("see <https://a.example/x|the graph>, <@U0BEN> &lt;3"))
    assert press.text("text") == "see the graph (https://a.example/x), @U0BEN <3"
    assert (press.incident_id, press.round) == ("", None)
    assert (press.text("channel"), press.text("thread_ts")) == ("C0ONCALL", "1764000000.000100")
    assert press.key == "note:C0ONCALL:1764000009.000100"


def test_a_shortcut_on_the_message_itself_means_its_own_thread() -> None:
    assert read(shortcut("x", thread_ts=None)).text("thread_ts") == "1764000009.000100"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        envelope("block_actions"),
        envelope("block_actions", actions=[]),
        envelope("block_actions", actions=["toban_acknowledge"]),
        envelope("shortcut", callback_id="toban_note_from_message"),
        pressed("toban_acknowledge", "Q1"),
        pressed("toban_acknowledge", '{"i":"Q1"}'),
        pressed("toban_acknowledge", '{"i":"Q1","r":true}'),
        pressed("toban_acknowledge", '{"i":"Q1","r":-1}'),
        pressed("toban_acknowledge", '{"i":"../users","r":0}'),
        pressed("toban_acknowledge", '{"i":"Q1\\n","r":0}'),
        pressed("toban_acknowledge", "[" * 1500),
        pressed("toban_acknowledge", '{"i":"Q1","r":' + "9" * 1900 + "}"),
        pressed("somebody_elses"),
        pressed("toban_acknowledge") | {"user": {"id": "<!channel>"}},
        pressed("toban_acknowledge") | {"user": None},
        pressed("toban_note") | {"trigger_id": None},
        submitted("x", "{}"),
        shortcut("x", callback_id="another"),
        shortcut("x", ts="now"),
    ],
)
def test_what_is_not_tobans_is_nothing(payload: dict[str, Any]) -> None:
    assert parse(payload, NOW) is None


def test_an_address_that_is_none_is_left_out() -> None:
    for address in ("javascript:alert(1)", "https://a b", 7, "x" * 5000):
        assert read(pressed("toban_resolve") | {"response_url": address}).response_url is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.data())
def test_any_part_of_a_payload_may_be_anything(data: st.DataObject) -> None:
    base = data.draw(
        st.sampled_from(
            [
                pressed("toban_acknowledge"),
                chosen(About("Q1", 0, Choice.HOUR).packed()),
                submitted("x", About("Q1", 0).packed()),
                shortcut("x"),
            ]
        )
    )
    payload = json.loads(json.dumps(base))
    place: Any = payload
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    found = parse(payload, NOW)
    assert found is None or isinstance(found, (Press, Dialog, Blank))
    if isinstance(found, Press):
        json.dumps(dict(found.value), ensure_ascii=False).encode()  # can be kept
