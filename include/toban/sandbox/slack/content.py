"""What an app puts into a message: read from the arguments, checked as Slack does, completed with ids."""

import copy
import secrets
from typing import Any

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.blockkit import TEXT_CHARACTERS, attachment_problems, block_problems, blocks_too_long
from toban.sandbox.slack.blockkit.elements import INPUTS, INTERACTIVE
from toban.sandbox.slack.blockkit.rules import problem
from toban.sandbox.slack.files import Files
from toban.sandbox.slack.refusal import RefusedError

_WITH_ACTION = INPUTS.keys() | INTERACTIVE.keys()


def read_content(args: Arguments, files: Files) -> dict[str, Any]:
    """text, blocks, attachments and metadata as given (only what was given); refuses what Slack refuses."""
    content: dict[str, Any] = {"text": args.text("text")} if args.has("text") else {}
    blocks = args.data("blocks", "invalid_blocks_format")
    attachments = args.data("attachments", "invalid_attachments")
    metadata = args.data("metadata", "invalid_metadata_format")
    _check(content.get("text", ""), blocks, attachments, files)
    if blocks is not None:
        content["blocks"] = with_ids(blocks)
    if attachments is not None:
        content["attachments"] = attachments
    if metadata is not None:
        content["metadata"] = _checked_metadata(metadata)
    return content


def _check(text: str, blocks: Any, attachments: Any, files: Files) -> None:
    if len(text) > TEXT_CHARACTERS:
        raise RefusedError("msg_too_long")
    if blocks is not None and not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    reasons = block_problems(blocks or []) or _missing_files(blocks or [], files)
    if reasons:
        raise RefusedError.with_reasons("invalid_blocks", reasons)
    if attachments and (reasons := attachment_problems(attachments)):
        raise RefusedError.with_reasons("invalid_attachments", reasons)
    if blocks_too_long(blocks):
        raise RefusedError("msg_blocks_too_long")


def require_something(content: dict[str, Any]) -> None:
    """Refuses with no_text a message without text, blocks, attachments and files."""
    if not any(content.get(part) for part in ("text", "blocks", "attachments", "files")):
        raise RefusedError("no_text")


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A copy in which every block has a block_id and every element that acts an action_id."""
    completed = copy.deepcopy(blocks)
    for block in completed:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in acting_elements(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    return completed


def acting_elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons, menus and inputs of a block."""
    elements = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [each for each in elements if isinstance(each, dict) and each.get("type") in _WITH_ACTION]


def _missing_files(blocks: list[Any], files: Files) -> list[str]:
    """Slack takes an image from a file only once that file has been uploaded."""
    named = [(place, block["slack_file"]) for place, block in enumerate(blocks) if "slack_file" in block]
    return [
        problem("invalid slack file", f"/blocks/{place}/slack_file")
        for place, file in named
        if "id" in file and files.content(file["id"]) is None
    ]


def _checked_metadata(metadata: Any) -> dict[str, Any]:
    if not isinstance(metadata, dict):
        raise RefusedError("invalid_metadata_format")
    named, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(named, str) or not named or not isinstance(payload, dict):
        raise RefusedError("invalid_metadata_schema")
    return {"event_type": named, "event_payload": payload}
