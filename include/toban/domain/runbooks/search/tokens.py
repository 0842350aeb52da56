"""What a text is searched by: words, taken apart and without endings; Japanese by pairs of characters."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from toban.domain.runbooks.folding import JOINT, UNSPACED

LONGEST_WORD = 60  # what is longer is an id, a hash or a URL
# Marks that are not seen (directions, joiners, soft hyphens) and would take a word apart.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COMPOUND = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_UNSPACED_RUN = re.compile(f"([{UNSPACED}]+)")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ations", "at"), ("ation", "at"), ("ing", ""), ("ion", ""))
_SHORT_ENDINGS = (("ures", ""), ("ure", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""), ("ment", ""))
# Not among them: no, not, down, up, out, off, over, under, which alerts are about.
_SILENT = frozenset(
    re.findall(
        r"\w+",
        "a about all also an and any are as at be been being by can could did do does each for from had has "
        "have how i if in into is it its may more most of on only or other our should some such than that "
        "the then there these they this those to very was we were what when where which who will with would "
        "you your",
    )
)


def tokens(text: str) -> list[str]:
    """The searched words in their order, numbers and words that say nothing left out.

    Each compound of letters also stands as a whole behind ``=``: ``KubeNodeDown`` gives kub, nod, down,
    =kubenodedown.
    """
    found: list[str] = []
    for compound in _COMPOUND.findall(seen(text)):
        found += _of_compound(compound)
    return found


def seen(text: str) -> str:
    """The text as a reader sees it: NFKC, without marks that show nothing."""
    return text if text.isascii() else normalize("NFKC", _UNSEEN.sub("", text))


def pairs(found: list[str]) -> set[tuple[str, str]]:
    """Words that follow each other."""
    alone = [token for token in found if token[0] != "="]
    return set(pairwise(alone))


def surfaces(text: str) -> dict[str, str]:
    """Each searched word as the text first writes it, for people to read."""
    found: dict[str, str] = {}
    for compound in _COMPOUND.findall(seen(text)):
        for part in _parts(compound):
            for token in _of_part(part):
                found.setdefault(token, part if token.isascii() else token)
        for token in _of_compound(compound):
            found.setdefault(token, compound)
    return found


@lru_cache(maxsize=100_000)
def _of_compound(compound: str) -> tuple[str, ...]:
    parts = list(_parts(compound))
    found = [token for part in parts for token in _of_part(part)]
    whole = "".join(parts).lower()
    if len(parts) > 1 and found and whole.isascii() and whole.isalpha() and len(whole) <= LONGEST_WORD:
        found.append(f"={whole}")
    return tuple(found)


def _parts(compound: str) -> Iterator[str]:
    for piece in re.split("[-_]", compound):
        yield from JOINT.sub(" ", piece).split()


def _of_part(part: str) -> Iterator[str]:
    for place, run in enumerate(_UNSPACED_RUN.split(part)):
        if place % 2:  # between the separators stand the runs of kana and ideographs
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        elif run and not _is_number_or_id(run) and (word := run.lower()) not in _SILENT:
            yield _stem(word)


def _is_number_or_id(run: str) -> bool:
    """``p99``, ``5xx`` and ``k8s`` are words, ``7d9f6b5c4`` and ``ip10`` tell one host from another."""
    digits = sum(map(str.isdigit, run))
    return len(run) > LONGEST_WORD or digits == len(run) or digits > 2 or (digits == 2 and len(run) > 3)


def _stem(word: str) -> str:
    """Without its English ending: failed, failing and fails are one word."""
    if len(word) < 4 or not word.isascii() or not word.isalpha() or word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS + _SHORT_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)] + instead
            is_doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if is_doubled else stem
    return word
