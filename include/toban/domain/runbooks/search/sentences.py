"""Texts sentence by sentence: a page that says in one what an alert's title says is about that alert."""

import re
from collections.abc import Callable, Iterable, Sequence

# Where a sentence, a paragraph, an item of a list, a heading or a row of a table ends.
_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n[^\S\n]*\n|\n(?=[#*>|-])")
# Weight, as of one rare word, that both texts have for themselves: two words in common prove little.
SLACK = 5.0
Weight = Callable[[str], float]


def sentences(text: str) -> list[str]:
    """The text in pieces; together they have all of its words."""
    return _END.split(text)


def likeness(words: Iterable[str], page: Iterable[Sequence[str]], weight: Weight) -> float:
    """How much [0, 1] of the words and of the page's best sentence is the same, rare words counting more.

    Compounds as a whole do not count, as their parts do.
    """
    asked = {word: weight(word) for word in words if word[0] != "="}
    whole = SLACK + sum(asked.values())
    best = 0.0
    for sentence in page:
        if asked.keys().isdisjoint(sentence):
            continue
        said = [word for word in dict.fromkeys(sentence) if word[0] != "="]
        common = sum(asked.get(word, 0.0) for word in said)
        best = max(best, 2 * common / (whole + sum(map(weight, said))))
    return best
