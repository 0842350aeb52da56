"""Slack's mrkdwn: escaping, mentions, links, and cutting without leaving half of one behind."""

import re

ELLIPSIS = "…"
FENCE = "```"
# Never cut in two: an entity (&amp;), anything in angle brackets (<@U1>, <https://a|b>), a code fence.
_WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>|```")


def escape(text: str) -> str:
    """Text from outside, made harmless: Slack reads only ``&``, ``<`` and ``>`` as control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mention(slack_user_id: str) -> str:
    """``<@U…>``, which rings that person."""
    return f"<@{slack_user_id}>"


def link(url: str, label: str) -> str:
    """``<url|label>``; both are plain text and are escaped here (``|`` would end the address early)."""
    return f"<{escape(url).replace('|', '%7C')}|{escape(label)}>"


def bold(text: str) -> str:
    """Plain text, escaped and bold; its own asterisks would end the bold early and become look-alikes."""
    return f"*{escape(text).replace('*', '∗')}*"


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, ending in ``…`` where something was left out.

    An entity, a mention or a link that does not fit is left out whole, and a code fence left open by
    the cut is closed.
    """
    if len(text) <= limit:
        return text
    kept = _head(text, limit - len(ELLIPSIS))
    if kept.count(FENCE) % 2:
        kept = _head(text, limit - len(ELLIPSIS) - len(FENCE))
        closing = FENCE if kept.count(FENCE) % 2 else ""
        return f"{kept}{ELLIPSIS}{closing}"
    return f"{kept}{ELLIPSIS}"


def _head(text: str, length: int) -> str:
    for whole in _WHOLE.finditer(text):
        if whole.start() >= length:
            break
        if whole.end() > length:
            return text[: whole.start()]
    return text[: max(length, 0)]
