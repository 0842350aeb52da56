"""An alert's template: its text without what varies between firings, in Japanese and English."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial

from toban.domain.triage import masks

LONGEST = 1_000  # characters: what firings share stands at the beginning, and it bounds the work
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ASCII = re.compile(r"[!-~]+")
_BREAKS = re.compile(r"([,;()\[\]{}<>\"'`|=!?*#&$^]+|:(?!\d)|(?<!\d):|\.+$)")
_VARYING = re.compile(r"[\d@:]")  # without one of these no pattern of the whole text can fit
_EDGES = "-_.+%@~"


def template(text: str) -> str:
    """``disk of db-14 91%`` is ``disk of <name> <n>%``; an empty text stays empty.

    Equal for any two firings of one alert, and a template's own template is itself. The time and the memory
    it takes are bounded by LONGEST, whatever the text.
    """
    return _masked(text[:LONGEST])


@lru_cache(maxsize=32_768)
def _masked(text: str) -> str:
    shown = plain(text)
    while (masked := _once(shown)) != shown:  # each round leaves less outside of placeholders
        shown = masked
    return shown


def _once(text: str) -> str:
    if _VARYING.search(text):
        for pattern, name in masks.WHOLE:
            text = _outside(text, partial(pattern.sub, name))
    return _SPACES.sub(" ", _outside(text, _word_by_word))[:LONGEST].strip()


def plain(text: str) -> str:
    """The text in one spelling and on one line: NFKC, without control characters and invisible marks."""
    shown = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    return _SPACES.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", shown))).strip()


def _outside(text: str, change: Callable[[str], str]) -> str:
    """The text, changed between the placeholders that it has already."""
    if "<" not in text:
        return change(text)
    parts = masks.PLACEHOLDER.split(text)
    names = [*masks.PLACEHOLDER.findall(text), ""]
    return "".join(change(part) + name for part, name in zip(parts, names, strict=True))


def _word_by_word(text: str) -> str:
    """Only runs of ASCII: what varies is written in it, also within Japanese."""
    before = ""

    def masked(run: re.Match[str]) -> str:
        nonlocal before
        if run[0].isalpha() and run[0].lower() not in masks.NO_NUMBERS:
            before = run[0]
            return before
        pieces = _BREAKS.split(run[0])
        for at in range(0, len(pieces), 2):
            word = pieces[at]
            pieces[at] = _word(word, before)
            before = word or before
        return "".join(pieces)

    return _ASCII.sub(masked, text)


def _word(word: str, before: str = "") -> str:
    core = word.strip(_EDGES)
    if not core or masks.KEPT.fullmatch(core):
        return word
    return word.replace(core, _core(core, before), 1)


def _core(core: str, before: str) -> str:
    if masks.CAMEL.search(core) and core.isalnum():
        return masks.NUMBERS.sub("<n>", core)
    name = next((name for pattern, name in masks.WORDS if pattern.fullmatch(core)), None)
    if name is None and masks.MACHINE.fullmatch(before) and masks.JOINED.fullmatch(core):
        return "<name>"
    if name is None and "/" in core:
        return _sides(core)
    return name or masks.NUMBERS.sub("<n>", core)


def _sides(core: str) -> str:
    """``namespace/pod-x2k4q`` is one name; ``3/5`` and ``read/write`` are two."""
    sides = [_word(side) for side in core.split("/")]
    return "<name>" if "<name>" in sides else "/".join(sides)
