"""What Toban says in Slack: a fallback text and blocks, built so that Slack's limits cannot refuse them.

Limits are Slack's documented ones, unless said otherwise. Except where a docstring says "plain", an
argument is mrkdwn: whatever came from outside must have gone through ``escape`` already.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toban.domain.mrkdwn import ELLIPSIS, bold, cut, escape, link, mention

__all__ = [
    "Block",
    "Message",
    "bold",
    "context",
    "divider",
    "escape",
    "fields",
    "header",
    "link",
    "mention",
    "section",
]

Block = dict[str, Any]

HEADER_CHARACTERS = 150
SECTION_CHARACTERS = 3000
FIELD_CHARACTERS = 2000
FIELDS = 10
CONTEXT_CHARACTERS = 2000  # undocumented; the size of a field, which is certain to be taken
CONTEXT_ELEMENTS = 10
TEXT_CHARACTERS = 4000  # Slack's advice for `text`; it cuts at 40,000
BLOCKS = 50
# Undocumented: Slack answers msg_blocks_too_long from about 13,200 characters over all blocks, and counts
# more than the text (slackapi/bolt-js issues 2509 and 2867). So the blocks are measured as JSON.
BLOCKS_CHARACTERS = 13_000
NOTHING = " "  # Slack refuses an empty text object; a space is the nearest it takes


@dataclass(frozen=True)
class Message:
    """``text`` (mrkdwn) is what notifications and screen readers show; without blocks it is the message."""

    text: str
    blocks: tuple[Block, ...] = ()

    def parts(self) -> tuple["Message", ...]:
        """This message as one or more that Slack accepts, in order; usually itself alone."""
        text = cut(self.text, TEXT_CHARACTERS)
        if not self.blocks:
            return (Message(text),)
        return tuple(Message(text, tuple(run)) for run in _runs(self.blocks))


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    size = 0
    for block in blocks:
        length = _length(block)
        if run and (len(run) == BLOCKS or size + length > BLOCKS_CHARACTERS):
            yield run
            run, size = [], 0
        run.append(block)
        size += length
    yield run


def _length(block: Block) -> int:
    return len(json.dumps(block, ensure_ascii=False, separators=(",", ":"))) + 1


def header(text: str) -> Block:
    """A heading of plain text, escaped here; 150 characters."""
    title = cut(escape(text), HEADER_CHARACTERS) or NOTHING
    return {"type": "header", "text": {"type": "plain_text", "text": title}}


def section(text: str) -> Block:
    """A paragraph; 3,000 characters."""
    return {"type": "section", "text": _mrkdwn(text, SECTION_CHARACTERS)}


def fields(texts: Sequence[str]) -> Block:
    """Short texts in two columns; 1 to 10 of 2,000 characters, the last an ellipsis if there were more."""
    kept = _at_most(texts, FIELDS)
    return {"type": "section", "fields": [_mrkdwn(text, FIELD_CHARACTERS) for text in kept]}


def context(texts: Sequence[str]) -> Block:
    """Small grey print; 1 to 10 texts of 2,000 characters, the last an ellipsis if there were more."""
    kept = _at_most(texts, CONTEXT_ELEMENTS)
    return {"type": "context", "elements": [_mrkdwn(text, CONTEXT_CHARACTERS) for text in kept]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def _at_most(texts: Sequence[str], most: int) -> list[str]:
    return list(texts) if len(texts) <= most else [*texts[: most - 1], ELLIPSIS]


def _mrkdwn(text: str, limit: int) -> Block:
    return {"type": "mrkdwn", "text": cut(text, limit) or NOTHING}
