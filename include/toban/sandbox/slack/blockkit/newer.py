"""The newer blocks, for assistants: alert, card, carousel, container, plan, task_card, context_actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from toban.sandbox.slack.blockkit.blocks import CLASSIC, block
from toban.sandbox.slack.blockkit.elements import BUTTONS, URL_SOURCE, image
from toban.sandbox.slack.blockkit.objects import action_id, block_id, confirmation, plain_text, text
from toban.sandbox.slack.blockkit.rich_text import rich_text
from toban.sandbox.slack.blockkit.rules import (
    Rule,
    boolean,
    by_type,
    items,
    one_of,
    shape,
    string,
)
from toban.sandbox.slack.blockkit.tables import TABLES

_feedback = shape(
    {"text": plain_text(75), "value": string(2000)},
    {"accessibility_label": string(75)},
)
_context_actions: Mapping[str, Rule] = {
    "feedback_buttons": shape(
        {"positive_button": _feedback, "negative_button": _feedback}, {"action_id": action_id}
    ),
    "icon_button": shape(
        {"icon": string(least=1), "text": plain_text(75)},
        {
            "action_id": action_id,
            "value": string(2000),
            "confirm": confirmation,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(string(least=1), 0, 10),
        },
    ),
}
_icon = shape({"name": string(least=1)})
_card = block(
    {},
    {
        "hero_image": image,
        "icon": image,
        "slack_icon": _icon,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(by_type(BUTTONS), 0, 3),
    },
)
_task: Mapping[str, Rule] = {
    "status": one_of("pending", "in_progress", "complete", "error"),
    "details": by_type({"rich_text": rich_text}),
    "output": by_type({"rich_text": rich_text}),
    "sources": items(by_type(URL_SOURCE)),
    "block_id": block_id,
}
_task_card = shape({"task_id": string(least=1), "title": string(least=1)}, _task)


def _any_child(value: Any, pointer: str) -> Iterator[str]:
    yield from by_type({**CLASSIC, **TABLES, **_PLAIN})(value, pointer)


_PLAIN: Mapping[str, Rule] = {
    "alert": block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": _card,
    "carousel": block({"elements": items(by_type({"card": _card}), 1, 10)}),
    "context_actions": block({"elements": items(by_type(_context_actions), 1, 5)}),
    "plan": block({"title": string(least=1)}, {"tasks": items(_task_card)}),
    "task_card": _task_card,
}
NEWER: Mapping[str, Rule] = {
    **_PLAIN,
    "container": block(
        {"title": plain_text(150), "child_blocks": items(_any_child, 1, 10)},
        {
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
            "icon": image,
        },
    ),
}
