"""What a text must contain for a regular expression to be found in it, read off the expression.

Looking for a few letters costs a hundredth of a search, and spares most patterns even their compilation.
Where the expression is not understood for certain, nothing is needed.
"""

import re

# Outside of these, what is written is not surely what is found: flags, names, odd classes, code points.
_NOT_UNDERSTOOD = re.compile(r"\(\?(?!:)|\[\^?\]|\\[pPxuU]|\\[<>]|\\b\{")
_TOKEN = re.compile(
    r"""(?P<escape>\\.)|(?P<open>\()|(?P<close>\))|(?P<either>\|)|(?P<class>\[(?:\\.|[^\[\]\\])*\])
    |(?P<optional>[*?]|\{[^}]*\})|(?P<often>\+)|(?P<nested>[\[\]])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
# Letters whose two cases differ in nothing but case, and those that have none.
_PLAIN = re.compile(r"[ -~\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_ANYTHING = {".", "^", "$"}


def needed(written: str) -> tuple[str, ...]:
    """Lower-case texts, each of which is in every (lower-case) text in which the pattern is found."""
    if _NOT_UNDERSTOOD.search(written):
        return ()
    reader = _Reader()
    for token in _TOKEN.finditer(written):
        if token["nested"] or (token["either"] and not reader.depth):
            return ()
        reader.take(token)
    reader.end()
    return tuple(dict.fromkeys(reader.found))


class _Reader:
    """Collects runs of letters outside of groups."""

    def __init__(self) -> None:
        self.depth = 0
        self.found: list[str] = []
        self._run = ""

    def end(self) -> None:
        if self._run:
            self.found.append(self._run)
        self._run = ""

    def take(self, token: re.Match[str]) -> None:
        if token["open"] or token["close"]:
            self.end()
            self.depth += 1 if token["open"] else -1
        elif self.depth:
            return
        elif token["optional"]:
            self._run = self._run[:-1]
            self.end()
        elif token["often"] or token["class"]:
            self.end()
        else:
            self._letter(token["escape"] or token["other"])

    def _letter(self, letter: str) -> None:
        plain = letter[-1]
        if not _PLAIN.match(plain) or letter in _ANYTHING or (len(letter) == 2 and plain.isalnum()):
            self.end()
        else:
            self._run += plain.lower()
