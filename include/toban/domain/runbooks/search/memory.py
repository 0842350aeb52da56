"""What people confirmed: whose runbook helped or was wrong, and what that says about another alert."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from math import sqrt

from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.index import rarity
from toban.domain.runbooks.search.scoring import Asked, asked

NEAREST = 20  # confirmed alerts that have a say
SAME = 0.9  # from this likeness on it is the same alert with other numbers
ALIKE = 0.4  # and from this one on what was said of it is worth telling a person
STEEP = 4  # the power of likeness by which alerts vote: near ones decide


@dataclass(frozen=True)
class Confirmed:
    """A person's word about a runbook (its id) for an alert.

    ``origin`` is alike for all firings of one alert, and for no two alerts.
    """

    alert: AlertText
    runbook: str
    helped: bool = True
    origin: str = ""


@dataclass(frozen=True)
class Voice:
    """What confirmed alerts say about one runbook, for it (1) or against it (-1), and how many said what.

    ``same`` is what was said of the same alert; ``like`` what was said of others, the less the less they are
    alike, and the more the more alerts it was said of: what helped one alert alone may be its own runbook.
    """

    same: float
    like: float
    helped: int
    wrong: int


class Memory:
    """Everything confirmed, ready to be asked; built in about 50 microseconds a row."""

    def __init__(self, confirmed: Iterable[Confirmed] = ()) -> None:
        self.confirmed: Sequence[Confirmed] = tuple(confirmed)
        words = [_words(asked(each.alert)) for each in self.confirmed]
        having = Counter(word for each in words for word in each)
        self._rarity = {word: rarity(times, len(words)) for word, times in having.items()}
        self._origins: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
        for said in self.confirmed:
            self._origins[said.runbook, said.helped].add(said.origin)
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(words):
            for word, part in self._normed(each).items():
                self._postings[word].append((number, part))

    def voices(self, alert: Asked, leaving_out: Set[str] = frozenset()) -> dict[str, Voice]:
        """By runbook; what came with alerts of those origins is left out, for measuring."""
        near = self._near(alert, leaving_out)
        if not near:
            return {}
        best = near[0][0]
        whole = sum(likeness**STEEP for likeness, _ in near)
        same = [(likeness, each) for likeness, each in near if likeness >= SAME]
        by_likeness: defaultdict[str, float] = defaultdict(float)
        by_same: defaultdict[str, float] = defaultdict(float)
        for likeness, each in near:
            part = best * likeness**STEEP / whole
            by_likeness[each.runbook] += _sign(each) * part * self._breadth(each, leaving_out)
        for _, each in same:
            by_same[each.runbook] += _sign(each) / len(same)
        alike = same or [(likeness, each) for likeness, each in near if likeness >= ALIKE]
        heard = Counter((each.runbook, each.helped) for _, each in alike)
        return {
            runbook: Voice(by_same[runbook], like, heard[runbook, True], heard[runbook, False])
            for runbook, like in by_likeness.items()
        }

    def _breadth(self, confirmed: Confirmed, leaving_out: Set[str]) -> float:
        """How much what was said of this alert says of others [0, 1): by how many others it was said of."""
        alerts = len(self._origins[confirmed.runbook, confirmed.helped] - leaving_out)
        return (alerts - 1) / alerts

    def _near(self, alert: Asked, leaving_out: Set[str]) -> list[tuple[float, Confirmed]]:
        likeness: defaultdict[int, float] = defaultdict(float)
        for word, part in self._normed(_words(alert)).items():
            for number, other in self._postings.get(word, ()):
                likeness[number] += part * other
        found = ((min(1.0, like), number) for number, like in likeness.items())
        kept = (each for each in found if self.confirmed[each[1]].origin not in leaving_out)
        return [(like, self.confirmed[number]) for like, number in nlargest(NEAREST, kept)]

    def _normed(self, words: Mapping[str, float]) -> dict[str, float]:
        unknown = rarity(0, len(self.confirmed))
        parts = {word: weight * self._rarity.get(word, unknown) for word, weight in words.items()}
        length = sqrt(sum(part * part for part in parts.values())) or 1
        return {word: part / length for word, part in parts.items()}


def _words(alert: Asked) -> dict[str, float]:
    """An alert's words and pairs of words; pairs tell ``error rate`` from ``rate of errors``."""
    return dict.fromkeys((" ".join(pair) for pair in sorted(alert.pairs)), 0.7) | alert.said


def _sign(confirmed: Confirmed) -> int:
    return 1 if confirmed.helped else -1
