"""The runbooks that an alert's text and people's confirmations speak for, how sure that is, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from toban.domain.runbooks.matching import excluded
from toban.domain.runbooks.nouns import AlertText, Runbook
from toban.domain.runbooks.search.index import Index
from toban.domain.runbooks.search.memory import Memory, Voice
from toban.domain.runbooks.search.pages import Page
from toban.domain.runbooks.search.scoring import Asked, asked, scores, words_in_common

# Below it, "there is none" is the better answer: of 500 real alerts 65 % kept theirs, and 99 % of what was
# shown was right; with the right runbook taken away, 12 % were shown a wrong one.
LEAST_CONFIDENCE = 0.35
# A logistic curve over points and the lead on the next, lower than one fitted to real alerts with and without
# their runbook: at night a wrong runbook costs more than none.
_BY_POINTS, _BY_LEAD, _AT_NONE = 0.28, 0.28, -3.6
# What was said of the same alert outweighs any text. What was said of alerts like it finds the runbook of a
# service, and does not outvote one named after the alert.
SAME_POINTS, LIKE_POINTS = 20.0, 12.0
SILENT = Voice(0.0, 0.0, 0, 0)


@dataclass(frozen=True)
class Found:
    """A page, its points, how sure it is (0 to 1), the words in common, and what people said before."""

    page: Page
    points: float
    confidence: float
    words: Sequence[str]
    voice: Voice


@dataclass(frozen=True)
class Library:
    """Everything a runbook can be found by: people's rules, the pages' texts, and what was confirmed."""

    runbooks: Sequence[Runbook]
    index: Index
    memory: Memory


def find(alert: AlertText, library: Library, language: str, most: int = 3) -> list[Found]:
    """The best pages that may be offered, best first, equals in the order of files; mostly none or one.

    A page whose front matter restricts it to other services, tools or severities is none of them. Of two
    language versions the one in that language is given, whichever it was found by.
    """
    search = _Search(alert, library, language)
    found = [search.found(place) for place in range(min(most, len(search.ranked)))]
    return [each for each in found if each.confidence >= LEAST_CONFIDENCE]


def rank(question: Asked, index: Index, voices: Mapping[str, Voice]) -> list[tuple[float, int]]:
    """Points and number of every page with any, best first; of a runbook's two languages the better one."""
    best: dict[str, tuple[float, int]] = {}
    for number, (page, points) in enumerate(zip(index.pages, scores(index, question), strict=True)):
        voice = voices.get(page.id, SILENT)
        whole = points + SAME_POINTS * voice.same + LIKE_POINTS * voice.like
        if whole > 0 and whole > best.get(page.id, (0.0, 0))[0]:
            best[page.id] = (whole, number)
    return sorted(best.values(), key=lambda each: (-each[0], index.pages[each[1]].file))


def confidence(points: float, lead: float) -> float:
    """How probable it is that the best page is right, given its points and its lead on the next."""
    return 1 / (1 + exp(-(_BY_POINTS * points + _BY_LEAD * lead + _AT_NONE)))


def _are_twins(index: Index, one: int, other: int) -> bool:
    """The same runbook in another folder takes nothing from the certainty that it is this one."""
    return index.pages[one].name.lower() == index.pages[other].name.lower()


class _Search:
    """One alert's search: what was asked, and all pages in their order."""

    def __init__(self, alert: AlertText, library: Library, language: str) -> None:
        self._index, self._language = library.index, language
        self._question = asked(alert)
        self._voices = library.memory.voices(self._question)
        barred = excluded(alert, library.runbooks)
        ranked = rank(self._question, self._index, self._voices)
        self.ranked = [each for each in ranked if self._index.pages[each[1]].id not in barred]

    def found(self, place: int) -> Found:
        points, number = self.ranked[place]
        page = self._index.pages[number]
        others = (each for each, at in self.ranked if not _are_twins(self._index, at, number))
        return Found(
            self._index.version(page.id, self._language),
            points,
            confidence(points, lead=points - next(others, 0.0)),
            words_in_common(self._index, self._question, number),
            self._voices.get(page.id, SILENT),
        )
