"""Text made comparable: NFKC, without case, separators alike; and where words begin and end."""

import re
from unicodedata import normalize

from toban.domain.runbooks.nouns import Keyword

# `disk_full`, `disk-full` and "disk full" are the same words to whoever wrote the rule.
_SEPARATORS = re.compile(r"[\s_\-\u2010-\u2015]+")
# Kana and ideographs stand without spaces, so there a word may begin and end anywhere.
UNSPACED = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Alerts of Prometheus and CloudWatch are named so; the second is where an acronym ends: SQL|Lag.
JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(rf"[^\W_{UNSPACED}]+")


def folded(text: str) -> str:
    """The text as it is compared; folding twice changes nothing."""
    once = normalize("NFKC", normalize("NFKC", text).casefold())
    return _SEPARATORS.sub(" ", normalize("NFKC", once.casefold())).strip()


def keyword(written: str) -> Keyword:
    """A rule's word or phrase, ready for comparing; ``folded`` is empty where nothing remains of it."""
    text = folded(written)
    return Keyword(written, text, words(text))


def forms(text: str) -> tuple[str, ...]:
    """The text folded as it is and, where that differs, with names such as ``DiskSpaceLow`` taken apart."""
    return tuple(dict.fromkeys((folded(text), folded(JOINT.sub(" ", text)))))


def words(text: str) -> frozenset[str]:
    """The words of a folded text, and each of its characters that is not part of a spaced word."""
    return frozenset(_WORD.findall(text)) | frozenset(_WORD.sub("", text))


def holds(text: str, wanted: str) -> bool:
    """Whether a folded text has these whole words."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not _inside_a_word(text, start) and not _inside_a_word(text, end):
            return True
        start = text.find(wanted, start + 1)
    return False


def _inside_a_word(text: str, place: int) -> bool:
    pair = text[max(place - 1, 0) : place + 1]
    return len(pair) == 2 and _WORD.fullmatch(pair) is not None
