"""Text of others inside Markdown: always as code, so that it makes no heading, link, image or comment."""

import json
import re

from toban.domain.triage.template import plain

LONGEST_INLINE, LONGEST_BLOCK, MOST_LINES = 150, 600, 20  # characters; lines
_BACKTICKS = re.compile("`+")


def inline(text: str) -> str:
    """One line of it as a code span, whatever backticks it holds."""
    shown = one_line(text)
    fence = "`" * (_longest_run(shown) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def block(text: str) -> str:
    """Its lines as a fenced block, long ones cut."""
    lines = [_harmless(plain(line)) for line in text[:LONGEST_BLOCK].splitlines()]
    shown = "\n".join([line for line in lines if line][:MOST_LINES])[:LONGEST_BLOCK].rstrip()
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}text\n{shown}\n{fence}"


def yaml_text(text: str) -> str:
    """It as a text of the front matter, on one line: YAML reads JSON's quotes."""
    return json.dumps(one_line(text), ensure_ascii=False)


def one_line(text: str) -> str:
    """Without control characters and invisible marks, cut; a dash where nothing is left."""
    shown = _harmless(plain(text)).strip()
    return f"{shown[: LONGEST_INLINE - 1]}…" if len(shown) > LONGEST_INLINE else shown or "–"


def _harmless(text: str) -> str:
    """Without comments, which hide what follows even within code, and without what YAML refuses."""
    shown = "".join(each for each in text if each.isprintable())
    return shown.replace("<!--", "<! --").replace("-->", "-- >")


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)
