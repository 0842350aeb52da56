"""How often the right runbook comes first, by pairs of alert and runbook that somebody knows to be right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText, Runbook
from toban.domain.runbooks.search.finding import rank
from toban.domain.runbooks.search.index import Index
from toban.domain.runbooks.search.memory import Confirmed, Memory, Voice
from toban.domain.runbooks.search.scoring import Asked, asked

GRANULARITIES = ("alert", "service")
Figures = dict[str, float | int | None]


@dataclass(frozen=True)
class Pair:
    """An alert and the ids of the runbooks that are right for it, the first of them before all.

    ``granularity``: ``alert`` for a runbook about this alert, ``service`` for one about all of a service's.
    """

    id: str
    name: str
    summary: str
    description: str
    granularity: str
    right: tuple[str, ...]
    severity: str | None = None

    @property
    def origin(self) -> str:
        """What the same alert is told by: its name, else its text."""
        return self.name or self.summary or self.id

    def alert(self, *, named: bool) -> AlertText:
        """The alert as it would arrive, with or without its rule's name in the title."""
        title = f"{self.name} {self.summary}" if named else self.summary
        return AlertText(title, self.description, severity=self.severity)


def evaluate(
    pairs: Iterable[Pair],
    index: Index,
    runbooks: Sequence[Runbook] = (),
    confirmed: Iterable[Pair] = (),
    *,
    named: bool = True,
) -> dict[str, Figures]:
    """``n``, ``hit_at_1``, ``hit_at_3`` and ``mrr`` by granularity; without pairs the rates are None.

    The whole ranking counts, whether sure or not. For each pair, confirmations of the same alert, known
    by its row, its name or its text, are left out: what is measured is what others' say about it.
    """
    remember = list(confirmed)
    memory = Memory(remembered(remember, named=named))
    of_row = {each.id: each.origin for each in remember if each.id}
    places: dict[str, list[int | None]] = {name: [] for name in GRANULARITIES}
    for pair in pairs:
        voices = partial(memory.voices, leaving_out={pair.name, pair.summary, of_row.get(pair.id, "")})
        places[pair.granularity].append(_place(pair.alert(named=named), pair.right, index, runbooks, voices))
    return {name: _figures(found) for name, found in places.items()}


def remembered(pairs: Iterable[Pair], *, named: bool) -> list[Confirmed]:
    """Pairs as people would have confirmed them: the right runbook helped."""
    return [Confirmed(each.alert(named=named), each.right[0], origin=each.origin) for each in pairs]


def _place(
    alert: AlertText,
    right: Sequence[str],
    index: Index,
    runbooks: Sequence[Runbook],
    voices: Callable[[Asked], dict[str, Voice]],
) -> int | None:
    """Where the first right one stands, from 1: people's own rules first, then what is found by text."""
    question = asked(alert)
    by_rules = [each.runbook.id for each in match(alert, runbooks)]
    by_text = [index.pages[at].id for _, at in rank(question, index, voices(question))]
    return next((at for at, id_ in enumerate(_once(by_rules, by_text), 1) if id_ in right), None)


def _once(first: Sequence[str], second: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys((*first, *second))


def _figures(places: Sequence[int | None]) -> Figures:
    n = len(places)
    found = [place for place in places if place is not None]
    return {
        "n": n,
        "hit_at_1": _share(sum(place == 1 for place in found), n),
        "hit_at_3": _share(sum(place <= 3 for place in found), n),
        "mrr": _share(sum(1 / place for place in found), n),
    }


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
