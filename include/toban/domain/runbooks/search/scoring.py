"""How well each page answers an alert: a sum of few weighted signs, the same for every company.

The weights come from 500 real pairs of alert and runbook by cross-validation disjoint in runbooks
(benchmarks/RESULTS.md); they are rounded, for the exact value of none of them mattered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.index import Index, Postings, grams, rarity
from toban.domain.runbooks.search.sentences import likeness
from toban.domain.runbooks.search.tokens import pairs, surfaces, tokens

LONGEST_TITLE, LONGEST_BODY = 300, 1_500  # characters that are searched by
IN_BODY = 0.5  # what a word of the details weighs beside one of the title
READ = 50  # pages that are read sentence by sentence


class Weights(NamedTuple):
    """Points where the body has all of an alert's words, or pairs, and the alert all of a title, or name;
    and those lost where no sentence is like the alert's title."""

    body: float = 5.0
    pairs: float = 8.0
    title: float = 4.0
    name: float = 3.5
    sentence: float = 3.0


WEIGHTS = Weights()


@dataclass(frozen=True)
class Asked:
    """An alert as it is searched by: each word with its weight, and the words that follow each other.

    ``said`` are the words of the alert itself, ``weights`` those of its service's name too.
    """

    title: str
    body: str
    service: str = ""

    @cached_property
    def said(self) -> dict[str, float]:
        inside = dict.fromkeys(tokens(self.body), IN_BODY)
        return inside | dict.fromkeys(tokens(self.title), 1.0)

    @cached_property
    def weights(self) -> dict[str, float]:
        return self.said | dict.fromkeys(tokens(self.service), 1.0)

    @cached_property
    def pairs(self) -> set[tuple[str, str]]:
        return pairs(tokens(self.title)) | pairs(tokens(self.body))

    @cached_property
    def grams(self) -> set[str]:
        return grams(self.title)

    @cached_property
    def surfaces(self) -> dict[str, str]:
        return surfaces(f"{self.title}\n{self.service}\n{self.body}")


def asked(alert: AlertText) -> Asked:
    """What is searched for; a service's name counts as words of the title, tool and severity of the details.

    The severity tells ``DiskFullCritical`` from ``DiskFullWarning``.
    """
    body = f"{alert.tool or ''}\n{alert.severity or ''}\n{alert.body[:LONGEST_BODY]}"
    return Asked(alert.title[:LONGEST_TITLE], body, (alert.service_name or "")[:LONGEST_TITLE])


def scores(index: Index, alert: Asked, weights: Weights = WEIGHTS) -> list[float]:
    """One score a page, in the order of ``index.pages``; 0 where nothing is in common.

    Sums are made in a fixed order, so that every process ranks alike, to the last digit.
    """
    found = [0.0] * len(index.pages)
    whole = sum(weight * index.rarity_of(word) for word, weight in alert.weights.items()) or 1
    _add(found, index.body, alert.weights, weights.body / whole)
    _add(found, index.grams, dict.fromkeys(sorted(alert.grams), 1.0), weights.name)
    _add_titles(found, index, alert, weights.title)
    _add_pairs(found, index, alert, weights.pairs)
    _without_a_sentence(found, index, alert, weights.sentence)
    return found


def words_in_common(index: Index, alert: Asked, page: int, most: int = 5) -> Sequence[str]:
    """The words that speak most for the page, as the alert writes them."""
    having = index.words
    common = [word for word in alert.weights if page in having.get(word, ())]
    common.sort(key=lambda word: (-alert.weights[word] * index.rarity_of(word), word[0] != "="))
    shown: list[str] = []
    for word in (alert.surfaces.get(each, each) for each in common):
        if not any(word.casefold() in longer.casefold() for longer in shown):
            shown.append(word)
    return shown[:most]


def _add(found: list[float], postings: Postings, weights: dict[str, float], factor: float) -> None:
    for word, weight in weights.items():
        times = weight * factor
        for page, share in postings.get(word, ()):
            found[page] += times * share


def _add_titles(found: list[float], index: Index, alert: Asked, points: float) -> None:
    """Squared: half of a title is far less than half as good as all of it."""
    shares = [0.0] * len(found)
    _add(shares, index.title, alert.weights, 1.0)
    for page, share in enumerate(shares):
        found[page] += points * share * share


def _without_a_sentence(found: list[float], index: Index, alert: Asked, points: float) -> None:
    """Takes from each page what its best sentence is less alike than that of any other.

    As nothing is added, a sentence makes nobody surer that there is a runbook at all.
    """
    words = tokens(alert.title)
    read = nlargest(READ, range(len(found)), key=found.__getitem__)
    alike = {page: likeness(words, index.sentences[page], index.rarity_of) for page in read}
    best = max(alike.values(), default=0.0)
    for page, before in enumerate(found):
        found[page] = max(0.0, before - points * (best - alike.get(page, 0.0)))


def _add_pairs(found: list[float], index: Index, alert: Asked, points: float) -> None:
    having = {pair: _pages_with(index, pair) for pair in sorted(alert.pairs)}
    weights = {pair: rarity(len(pages), len(found)) for pair, pages in having.items()}
    whole = sum(weights.values()) or 1
    for pair, pages in having.items():
        for page in pages:
            found[page] += points * weights[pair] / whole


def _pages_with(index: Index, pair: tuple[str, str]) -> list[int]:
    one, other = sorted((index.words.get(word, ()) for word in pair), key=len)
    return [page for page in one if pair in index.pairs[page]] if other else []
