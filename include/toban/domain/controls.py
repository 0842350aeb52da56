"""What people press in Slack: buttons, menus and dialogs, built so that Slack's limits cannot refuse them.

All texts here are plain text, which Slack shows as it is; what is too long ends in an ellipsis.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from toban.domain.message import Block
from toban.domain.mrkdwn import ELLIPSIS

ELEMENTS = 25  # in one actions block
BUTTON_CHARACTERS = 75
VALUE_CHARACTERS = 2000
OPTION_CHARACTERS = 75
OPTION_VALUE_CHARACTERS = 150
OPTIONS = 100
PLACEHOLDER_CHARACTERS = 150
CONFIRM_TITLE_CHARACTERS = 100
CONFIRM_TEXT_CHARACTERS = 300
CONFIRM_BUTTON_CHARACTERS = 30
VIEW_TITLE_CHARACTERS = 24
LABEL_CHARACTERS = 2000


def actions(block_id: str, elements: Sequence[Block]) -> Block:
    """A row of 1 to 25 buttons and menus; more are a mistake and raise ValueError."""
    if not 1 <= len(elements) <= ELEMENTS:
        raise ValueError(f"{len(elements)} elements in an actions block; Slack takes 1 to {ELEMENTS}")
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    text: str,
    action_id: str,
    value: str,
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button that sends ``value`` (at most 2,000 characters), after `confirm` if there is one."""
    made: Block = {"type": "button", "text": _plain(text, BUTTON_CHARACTERS), "action_id": action_id}
    made |= {"value": _whole(value, VALUE_CHARACTERS)}
    return made | _given(style=style, confirm=confirm)


def menu(placeholder: str, action_id: str, options: Mapping[str, str]) -> Block:
    """A menu of 1 to 100 choices, value (at most 150 characters) -> text."""
    if not 1 <= len(options) <= OPTIONS:
        raise ValueError(f"{len(options)} choices in a menu; Slack takes 1 to {OPTIONS}")
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder, PLACEHOLDER_CHARACTERS),
        "options": [
            {"text": _plain(text, OPTION_CHARACTERS), "value": _whole(value, OPTION_VALUE_CHARACTERS)}
            for value, text in options.items()
        ],
    }


def confirmation(title: str, text: str, yes: str, no: str) -> Block:
    """What Slack asks before it sends a press."""
    return {
        "title": _plain(title, CONFIRM_TITLE_CHARACTERS),
        "text": _plain(text, CONFIRM_TEXT_CHARACTERS),
        "confirm": _plain(yes, CONFIRM_BUTTON_CHARACTERS),
        "deny": _plain(no, CONFIRM_BUTTON_CHARACTERS),
    }


def dialog(
    callback_id: str, title: str, submit: str, close: str, *, blocks: Sequence[Block], metadata: str
) -> Block:
    """A dialog; ``metadata`` (at most 3,000 characters) comes back with what people wrote."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, VIEW_TITLE_CHARACTERS),
        "submit": _plain(submit, VIEW_TITLE_CHARACTERS),
        "close": _plain(close, VIEW_TITLE_CHARACTERS),
        "private_metadata": _whole(metadata, 3000),
        "blocks": list(blocks),
    }


def text_field(block_id: str, action_id: str, label: str, characters: int) -> Block:
    """A field of several lines that must not be left empty; at most 3,000 characters."""
    field = {"type": "plain_text_input", "action_id": action_id, "multiline": True, "max_length": characters}
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, LABEL_CHARACTERS),
        "element": field,
    }


def _plain(text: str, limit: int) -> Block:
    shown = text if len(text) <= limit else text[: limit - len(ELLIPSIS)] + ELLIPSIS
    return {"type": "plain_text", "text": shown}


def _whole(value: str, limit: int) -> str:
    if len(value) > limit:
        raise ValueError(f"{len(value)} characters where Slack takes {limit}, and none may be left out")
    return value


def _given(**values: object) -> Block:
    return {name: value for name, value in values.items() if value is not None}
