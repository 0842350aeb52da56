"""The first thing to do, as plain text for a message: what stands first under Mitigation."""

import re

from toban.domain.runbooks.sections import outside_fences

LONGEST = 300  # characters; Slack folds away what is longer than a few lines
_CONSIDERED = 2_000  # characters of Markdown; the rest would be cut off anyway
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_HEADING = re.compile(r"#{1,6}[ \t]")
_CODE = re.compile(r"(`[^`]+`)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|~~")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def first_step(markdown: str) -> str:
    """The first list item or paragraph, on one line; links and emphasis lose their marks, code keeps its own.

    A section that begins with a block of code gives the block's first line, as code.
    """
    lines = list(outside_fences(markdown[:_CONSIDERED].split("\n")))
    begun = next((at for at, (line, _) in enumerate(lines) if _says_something(line)), len(lines))
    if begun == len(lines):
        return ""
    if not lines[begun][1]:
        code = next((line.strip() for line, _ in lines[begun + 1 :] if line.strip()), "")
        return _cut(f"`{code.replace('`', '')}`")
    return _cut(_plain(_joined(_paragraph(lines[begun:]))))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not _HEADING.match(line)


def _paragraph(lines: list[tuple[str, bool]]) -> list[str]:
    first = _ITEM.sub("", lines[0][0], count=1).strip()
    kept = [first]
    for line, is_markdown in lines[1:]:
        if not is_markdown or not line.strip() or _HEADING.match(line) or _ITEM.match(line.lstrip()):
            break
        kept.append(line.strip())
    return kept


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        together = text and _UNSPACED.match(text[-1]) and _UNSPACED.match(line)
        text += line if together else f" {line}"
    return text


def _plain(markdown: str) -> str:
    pieces = _CODE.split(markdown)
    pieces[::2] = [_EMPHASIS.sub("", _LINK.sub(r"\1", text)) for text in pieces[::2]]
    return "".join(pieces)


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    kept = text[: LONGEST - 2].rstrip()
    return kept + ("`…" if kept.count("`") % 2 else "…")
