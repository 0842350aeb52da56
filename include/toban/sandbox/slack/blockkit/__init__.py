"""Block Kit as Slack enforces it: what a message or a view may hold, and the words Slack refuses it with."""

from collections.abc import Mapping
from typing import Any

from toban.sandbox.slack.blockkit.surfaces import (
    BLOCKS_CHARACTERS,
    TEXT_CHARACTERS,
    attachment_problems,
    block_problems,
    blocks_too_long,
    view_problems,
)

__all__ = [
    "TEXT_CHARACTERS",
    "attachment_problems",
    "block_problems",
    "blocks_too_long",
    "validate_message",
    "view_problems",
]


def validate_message(payload: Mapping[str, Any]) -> list[str]:
    """Every reason why chat.postMessage would refuse `payload` (text, blocks, attachments); empty if none.

    A reason begins with Slack's error code, except those of invalid_blocks, which are Slack's own lines.
    """
    blocks = payload.get("blocks") or []
    attachments = payload.get("attachments") or []
    text = payload.get("text") or ""
    found = block_problems(blocks) + attachment_problems(attachments)
    if not text and not blocks and not attachments:
        found.append("no_text: a message needs text, blocks or attachments")
    if len(text) > TEXT_CHARACTERS:
        found.append(f"msg_too_long: text has {len(text):,} characters, {TEXT_CHARACTERS:,} are allowed")
    if blocks_too_long(blocks):
        found.append(
            f"msg_blocks_too_long: the blocks exceed about {BLOCKS_CHARACTERS:,} characters together"
        )
    return found
