"""What stands where: messages, modals and home tabs, each with its own limits over all blocks together."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from toban.sandbox.slack.blockkit.blocks import CLASSIC
from toban.sandbox.slack.blockkit.newer import NEWER
from toban.sandbox.slack.blockkit.objects import plain_text
from toban.sandbox.slack.blockkit.rules import Rule, boolean, by_type, items, problem, shape, string
from toban.sandbox.slack.blockkit.tables import TABLES

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT_CHARACTERS = 40_000  # documented for chat.postMessage
# Undocumented: Slack refuses from about 13,200 characters over all blocks, and counts more than their text
# (slackapi/bolt-js issues 2509 and 2867), so the blocks are measured as JSON.
BLOCKS_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000  # documented: all markdown blocks of a message together
ONLY_IN_MESSAGES = ("call", "context_actions", "file", "markdown", "plan", "table", "task_card")

EVERY_BLOCK: Mapping[str, Rule] = {**CLASSIC, **TABLES, **NEWER}
_message_blocks = items(by_type(EVERY_BLOCK), 0, MESSAGE_BLOCKS)
_view_blocks = items(
    by_type({name: rule for name, rule in EVERY_BLOCK.items() if name not in ONLY_IN_MESSAGES}),
    1,
    VIEW_BLOCKS,
)
_view_common: Mapping[str, Rule] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_view = by_type(
    {
        "home": shape({"blocks": _view_blocks}, _view_common),
        "modal": shape(
            {"blocks": _view_blocks, "title": plain_text(24)},
            {
                **_view_common,
                "close": plain_text(24),
                "submit": plain_text(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
    }
)


def block_problems(blocks: Any, pointer: str = "/blocks") -> list[str]:
    """Why Slack would answer invalid_blocks to a message with these blocks; empty if it would not."""
    return list(_message_blocks(blocks, pointer))


def attachment_problems(attachments: Any) -> list[str]:
    """The same for attachments: only their blocks are looked at, older fields are Slack's to render."""
    if not isinstance(attachments, list):
        return [problem("must provide an array", "/attachments")]
    return [found for place, each in enumerate(attachments) for found in _attachment(each, place)]


def _attachment(attachment: Any, place: int) -> Iterator[str]:
    pointer = f"/attachments/{place}"
    if not isinstance(attachment, dict):
        yield problem("must provide an object", pointer)
    else:
        yield from _message_blocks(attachment.get("blocks", []), f"{pointer}/blocks")


def blocks_too_long(blocks: Any) -> bool:
    """Whether Slack would answer msg_blocks_too_long."""
    if not isinstance(blocks, list):
        return False
    whole = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    markdown = sum(len(str(each.get("text", ""))) for each in blocks if _is_markdown(each))
    return whole > BLOCKS_CHARACTERS or markdown > MARKDOWN_CHARACTERS


def _is_markdown(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "markdown"


def view_problems(view: Any) -> list[str]:
    """Why Slack would refuse this modal or home tab; empty if it would not."""
    return list(_view(view, "/view"))
