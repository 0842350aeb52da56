"""Who a message would ring: mentions in mrkdwn and rich text, never those in plain text or escaped ones."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MENTION = re.compile(r"<(@[UW][A-Z0-9]+|!channel|!here|!everyone|!subteam\^S[A-Z0-9]+)(?:\|[^<>]*)?>")


def rings(message: Mapping[str, Any]) -> list[str]:
    """User ids (U…), group ids (S…), and channel, here, everyone, each once, in order of appearance.

    The fallback text counts as well as the blocks: better to see one ring too many than one too few.
    """
    found = [mention for text in _texts(message) for mention in _in_mrkdwn(text)]
    found += [mention for part in _parts(message.get("blocks")) for mention in _in_rich_text(part)]
    return list(dict.fromkeys(found))


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    yield str(message.get("text") or "")
    for part in _parts([message.get("blocks"), message.get("attachments")]):
        if part.get("type") in {"mrkdwn", "markdown"}:
            yield str(part.get("text", ""))


def _in_mrkdwn(text: str) -> list[str]:
    return [found.lstrip("@!").removeprefix("subteam^") for found in _MENTION.findall(text)]


def _in_rich_text(part: Mapping[str, Any]) -> Iterator[str]:
    for kind, field in (("user", "user_id"), ("usergroup", "usergroup_id"), ("broadcast", "range")):
        if part.get("type") == kind and field in part:
            yield str(part[field])


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object within, however deep."""
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _parts(each)
