"""Buttons, menus and dialogs keep to Slack's limits, as the sandbox checks them."""

import pytest

from toban.domain.controls import actions, button, confirmation, dialog, menu, text_field
from toban.sandbox.slack.blockkit import block_problems, view_problems

LONG = "長" * 5000


def test_texts_that_are_too_long_are_cut() -> None:
    row = [
        button(LONG, "a", "v", style="danger", confirm=confirmation(LONG, LONG, LONG, LONG)),
        menu(LONG, "b", {str(number): LONG for number in range(100)}),
    ]
    assert block_problems([actions("x", row)]) == []
    view = dialog("c", LONG, LONG, LONG, blocks=[text_field("f", "f", LONG, 3000)], metadata="m" * 3000)
    assert view_problems(view) == []


def test_what_must_not_be_cut_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2001"):
        button("a", "a", "v" * 2001)
    with pytest.raises(ValueError, match="151"):
        menu("a", "a", {"v" * 151: "x"})
    with pytest.raises(ValueError, match="101 choices"):
        menu("a", "a", {str(number): "x" for number in range(101)})
    with pytest.raises(ValueError, match="0 elements"):
        actions("x", [])


def test_a_plain_button_asks_nothing() -> None:
    assert button("Go", "go", "v") == {
        "type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "v",
    }  # fmt: skip
