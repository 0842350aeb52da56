"""How alike two alerts' texts are: by three letters at a time, which needs no dictionary of any language."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from toban.domain.triage import masks
from toban.domain.triage.template import LONGEST, plain

Grams = frozenset[str]
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# Times and amounts differ anyway; a number within a name (Job_1319) may be what tells two jobs apart.
_NEVER_TELLING = (
    *(pattern for pattern, name in masks.WHOLE if name != "<name>"),
    masks.UUID,
    re.compile(r"(?<![\w.-])[-+]?\d[\d.,]*%?(?![\w-])", re.ASCII),
)


def grams(text: str) -> Grams:
    """All runs of three characters in its words, in small letters, camelCase taken apart."""
    return _grams(text[:LONGEST])


@lru_cache(maxsize=16_384)
def _grams(text: str) -> Grams:
    shown = plain(text)
    for pattern in _NEVER_TELLING:
        shown = pattern.sub(" ", shown)
    words = {f"^{word}$" for word in _CAMEL.sub(" ", shown).lower().split()}
    return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))


def overlap(one: Grams, other: Grams) -> float:
    """What two texts share of both [0, 1]."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 1.0


def likenesses(text: str, others: Sequence[str]) -> list[float]:
    """How alike each of the others is [0, 1].

    What most of them have in common counts for little, what few have for much.
    """
    found = [grams(one) for one in others]
    asked = grams(text)
    weights = _weights(found, asked)
    length = _length(asked, weights)
    return [_cosine(asked & each, length * _length(each, weights), weights) for each in found]


def _weights(texts: Sequence[Grams], asked: Grams) -> dict[str, float]:
    seen = Counter(gram for each in texts for gram in each)
    return {gram: math.log((len(texts) + 1) / (seen[gram] + 0.5)) ** 2 for gram in seen.keys() | asked}


def _length(each: Grams, weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(map(weights.__getitem__, each)))


def _cosine(shared: Grams, lengths: float, weights: Mapping[str, float]) -> float:
    return round(min(1.0, sum(map(weights.__getitem__, shared)) / lengths), 6) if lengths else 0.0
