"""Which buttons stand under a message, and that Slack takes them."""

from typing import Any

import pytest

from domain.alerts.incidents import incident, thread
from toban.domain.alerts.nouns import Form, Status
from toban.domain.message import Block
from toban.domain.presses.buttons import button_blocks
from toban.domain.presses.note import note_view
from toban.domain.presses.nouns import Dialog
from toban.domain.presses.values import About, unpacked
from toban.locale import language
from toban.sandbox.slack.blockkit import block_problems, view_problems

OPINIONS = ["runbook_helped", "runbook_wrong", "no_action"]


def rows(
    *, acts: bool = True, runbook: bool = True, silenced: int | None = None, **given: Any
) -> tuple[Block, ...]:
    held = thread(silenced_round=silenced)
    return button_blocks(incident(**given), held, acts=acts, runbook=runbook, say=language("en"))


def names(blocks: tuple[Block, ...]) -> list[str]:
    return [element["action_id"].removeprefix("toban_") for block in blocks for element in block["elements"]]


def test_a_triggered_incident_has_all_deeds_and_asks_nobody_for_an_opinion() -> None:
    assert names(rows()) == ["acknowledge", "note", "snooze", "escalate", "resolve", "silence"]


def test_an_acknowledged_one_is_not_acknowledged_escalated_or_silenced() -> None:
    assert names(rows(status=Status.ACKNOWLEDGED)) == ["note", "snooze", "resolve", *OPINIONS]


def test_what_is_over_can_still_be_judged() -> None:
    assert names(rows(status=Status.RESOLVED)) == OPINIONS
    assert names(rows(status=Status.RESOLVED, runbook=False)) == ["no_action"]


def test_low_urgency_cannot_be_escalated() -> None:
    assert "escalate" not in names(rows(urgency="low"))


def test_where_toban_may_not_write_no_button_writes() -> None:
    assert names(rows(acts=False)) == ["silence"]
    assert names(rows(acts=False, status=Status.ACKNOWLEDGED)) == OPINIONS


def test_what_is_silenced_is_not_silenced_again_until_others_are_asked() -> None:
    assert "silence" not in names(rows(silenced=0))
    assert "silence" in names(rows(silenced=1))


@pytest.mark.parametrize("form", [Form.STORM, Form.LIST])
def test_a_group_has_no_buttons(form: Form) -> None:
    assert button_blocks(incident(), thread(form=form), acts=True, runbook=True, say=language("en")) == ()


def test_whatever_ends_or_passes_on_an_incident_is_asked_about_first() -> None:
    asked = [each["action_id"] for block in rows() for each in block["elements"] if "confirm" in each]
    assert asked == ["toban_escalate", "toban_resolve"]


def test_each_button_names_its_incident_and_round() -> None:
    for block in rows():
        for element in block["elements"]:
            values = [each["value"] for each in element.get("options", [element])]
            for value in values:
                about = unpacked(value)
                assert about is not None
                assert (about.incident_id, about.round) == ("Q1", 0)


@pytest.mark.parametrize("code", ["en", "ja"])
def test_slack_takes_the_buttons_and_the_dialog(code: str) -> None:
    long = incident(id="Q" * 40, number=10**9)
    blocks = button_blocks(long, thread(), acts=True, runbook=True, say=language(code))
    assert block_problems(list(blocks)) == []
    asked = Dialog("1.2", "Q" * 40, 999_999, code, "https://hooks.slack.com/" + "x" * 900)
    assert view_problems(note_view(asked, language(code))) == []


def test_a_value_says_what_it_was_made_of() -> None:
    about = About("PABC123", 3, "1h", "ja")
    assert unpacked(about.packed()) == about
