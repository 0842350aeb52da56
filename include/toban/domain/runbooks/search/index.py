"""The index of a directory's pages: which pages have a word, and how much it says there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import log

from toban.domain.runbooks.search.pages import Page
from toban.domain.runbooks.search.sentences import sentences
from toban.domain.runbooks.search.tokens import pairs, seen, tokens

K1, B = 1.2, 0.75  # BM25's usual values; 0.4 to 0.75 and 0.6 to 2 were measured to be as good
UNSEEN = 50  # so that in a company's first few runbooks not every word counts as common
GRAM = 4  # characters of a name that count together
# So much more, as of a common word, each title is to say: all of a title of one common word is little.
TITLE_SLACK = 0.5
Postings = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True)
class Index:
    """``rarity`` is each word's weight (IDF); the other mappings give pages, by number, with their weights.

    ``title`` and ``grams`` (of the name) hold which share of the field that word is; ``words`` are
    the pages of a word, ``pairs`` the words that follow each other in a page, ``sentences`` the words of each
    of its sentences.
    """

    pages: tuple[Page, ...]
    rarity: Mapping[str, float]
    words: Mapping[str, Sequence[int]]
    pairs: Sequence[set[tuple[str, str]]]
    body: Postings
    title: Postings
    grams: Postings
    sentences: Sequence[Sequence[Sequence[str]]]

    @cached_property
    def ids(self) -> Set[str]:
        """Of all pages."""
        return frozenset(page.id for page in self.pages)

    def version(self, page_id: str, language: str) -> Page:
        """The page of that id in that language, else in the other one."""
        versions = [page for page in self.pages if page.id == page_id]
        return next((page for page in versions if page.language == language), versions[0])

    def rarity_of(self, word: str) -> float:
        """That of a word no page has is the highest."""
        return self.rarity.get(word) or rarity(0, len(self.pages))


def rarity(having: int, all_of: int) -> float:
    """BM25's inverse document frequency, above 0; as if there were some more texts without the word."""
    return log(1 + (all_of + UNSEEN - having + 0.5) / (having + 0.5))


def build_index(pages: Iterable[Page]) -> Index:
    """The index of these pages; takes about half a millisecond a page."""
    kept = tuple(pages)
    said = [[tokens(sentence) for sentence in sentences(page.body)] for page in kept]
    bodies = [list(chain.from_iterable(each)) for each in said]
    titles = [tokens(page.titles or page.name) for page in kept]
    words: defaultdict[str, list[int]] = defaultdict(list)
    for number, (body, title) in enumerate(zip(bodies, titles, strict=True)):
        for word in {*body, *title, *tokens(kept[number].name)}:
            words[word].append(number)
    weight = {word: rarity(len(having), len(kept)) for word, having in words.items()}
    return Index(
        pages=kept,
        rarity=weight,
        words=words,
        pairs=[pairs(body) for body in bodies],
        body=_saturated(bodies, weight),
        title=_shares(titles, TITLE_SLACK),
        grams=_shares([sorted(grams(page.name)) for page in kept]),
        sentences=said,
    )


def grams(text: str) -> set[str]:
    """Runs of four characters of a text without its spaces and signs; its ends count."""
    together = "".join(filter(str.isalnum, seen(text))).lower()
    marked = f"^{together}$"
    return {marked[at : at + GRAM] for at in range(len(marked) - GRAM + 1)}


def _saturated(bodies: Sequence[Sequence[str]], weight: Mapping[str, float]) -> Postings:
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    mean = sum(map(len, bodies)) / max(1, len(bodies)) or 1
    for number, body in enumerate(bodies):
        slack = K1 * (1 - B + B * len(body) / mean)
        for word, times in Counter(body).items():
            found[word].append((number, weight[word] * times * (K1 + 1) / (times + slack)))
    return found


def _shares(fields: Sequence[Sequence[str]], slack: float = 0.0) -> Postings:
    """How much of a field, and of some slack, each of its words is, rare words counting more."""
    having = Counter(word for field in fields for word in set(field))
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, field in enumerate(fields):
        parts = {word: rarity(having[word], len(fields)) for word in dict.fromkeys(field)}
        whole = sum(parts.values()) + slack or 1
        for word, part in parts.items():
            found[word].append((number, part / whole))
    return found
