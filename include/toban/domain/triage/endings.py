"""How an incident ended, in words."""

from collections.abc import Callable

from toban.domain.language import Language
from toban.domain.triage.nouns import Past


def ending(past: Past, say: Language, harmless: Callable[[str], str]) -> str:
    """By whom or by itself, after how long, and what people said of it.

    ``harmless`` makes a name fit for where it is shown.
    """
    how = _how(past, say, harmless)
    return how if past.needed is not False else say.text("{ending}; no action was needed", ending=how)


def _how(past: Past, say: Language, harmless: Callable[[str], str]) -> str:
    if past.took is None:
        return say.text("still open")
    took = say.duration(past.took.total_seconds())
    if past.by_itself:
        return say.text("resolved by itself after {took}", took=took)
    if past.handled_by is None:
        return say.text("ended after {took}", took=took)
    return say.text("{who} handled it, {took}", who=harmless(past.handled_by), took=took)
