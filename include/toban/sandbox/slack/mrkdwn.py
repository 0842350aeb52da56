"""Slack's mrkdwn as HTML, escaped first: what an app sends is never trusted to be harmless.

As in Slack, *bold*, _italic_ and ~strike~ need something that is no letter or digit on both sides, which is
why Japanese text needs spaces (or zero-width ones) around them.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from toban.sandbox.slack.emoji import with_emoji

# Finished pieces of HTML are set aside as one private-use character each, so that nothing reads them again.
_FIRST_PIECE = 0xF0000
_PIECES = re.compile("[\U000f0000-\U000ffffd]")
_TOKEN = re.compile(
    r"```\n?(?P<pre>.+?)\n?```\n?|`(?P<code>[^`\n]+)`|<(?P<angle>[^<>\n]+)>|(?P<url>https?://[^\s<>|`*]+[^\s<>|`*.,;:!?)])",
    re.DOTALL,
)
_EMPHASIS = tuple(
    (re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]*?\S){mark}(?![\w{mark}])"), rf"<{tag}>\1</{tag}>")
    for mark, tag in ((r"\*", "b"), ("_", "i"), ("~", "s"))
)
_LINKED = ("http://", "https://", "mailto:")

Naming = Callable[[str], str | None]


def plain(text: str) -> str:
    """Text as people read it: Slack's three entities as characters, emoji as such."""
    return with_emoji(_unescape(text))


def mrkdwn(text: str, name_of: Naming) -> Markup:
    """HTML for mrkdwn; `name_of` gives "@Name" or "#channel" for what stands in a mention, or None."""
    pieces: list[Markup] = []

    def set_aside(found: re.Match[str]) -> str:
        pieces.append(_token(found, name_of))
        return chr(_FIRST_PIECE + len(pieces) - 1)

    bare = str(escape(_unescape(_TOKEN.sub(set_aside, _PIECES.sub("", text)))))
    for pattern, replacement in _EMPHASIS:
        bare = pattern.sub(replacement, bare)
    lines = _with_quotes(with_emoji(bare))
    return Markup(_PIECES.sub(lambda found: str(pieces[ord(found[0]) - _FIRST_PIECE]), lines))  # noqa: S704 - escaped above


def readable(text: str, name_of: Naming) -> str:
    """mrkdwn as a notification shows it: names for mentions, labels for links, no marks."""
    named = _TOKEN.sub(lambda found: _spoken(found, name_of), text)
    for pattern, _ in _EMPHASIS:
        named = pattern.sub(r"\1", named)
    return plain(named)


def _token(found: re.Match[str], name_of: Naming) -> Markup:
    if found["pre"] is not None:
        return Markup("<pre>{}</pre>").format(_unescape(found["pre"]))
    if found["code"] is not None:
        return Markup("<code>{}</code>").format(_unescape(found["code"]))
    if found["url"] is not None:
        return _anchor(_unescape(found["url"]), _unescape(found["url"]))
    target, _, label = found["angle"].partition("|")
    return _angle(target, label, name_of)


def _angle(target: str, label: str, name_of: Naming) -> Markup:
    if target.startswith(_LINKED):
        return _anchor(_unescape(target), plain(label) or _unescape(target))
    if name := name_of(target):
        return Markup('<span class="mention">{}</span>').format(name)
    if target.startswith("!"):
        return escape(plain(label) or f"<{target}>")
    return escape(f"<{target}{'|' + label if label else ''}>")


def _anchor(url: str, label: str) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def _spoken(found: re.Match[str], name_of: Naming) -> str:
    if found["angle"] is None:
        return found["pre"] or found["code"] or found["url"]
    target, _, label = found["angle"].partition("|")
    return name_of(target) or label or target


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _with_quotes(escaped: str) -> str:
    """Lines beginning with > become quotations, other line ends become breaks."""
    html, quoting = "", False
    for line in escaped.split("\n"):
        quoted = line.startswith("&gt;")
        if quoted != quoting:
            html += "<blockquote>" if quoted else "</blockquote>"
        elif html:
            html += "<br>"
        html += line.removeprefix("&gt;").removeprefix(" ") if quoted else line
        quoting = quoted
    return html + ("</blockquote>" if quoting else "")
