"""A report as plain text, for terminals and logs."""

from collections.abc import Iterator

from toban.domain.message import Block, Message


def preview(message: Message) -> str:
    """The message's blocks one below the other, in mrkdwn as it would be sent."""
    lines = [line for block in message.blocks for line in _texts(block)]
    return "\n".join(lines or [message.text])


def _texts(block: Block) -> Iterator[str]:
    if "text" in block:
        yield str(block["text"]["text"])
    for part in (*block.get("fields", ()), *block.get("elements", ())):
        yield str(part["text"]).replace("\n", ": ", 1) if "fields" in block else str(part["text"])
