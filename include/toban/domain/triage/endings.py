"""How an incident ended, in words."""

from collections.abc import Callable

from toban.domain.language import Language
from toban.domain.triage.nouns import Past


def ending(past: Past, say: Language, harmless: Callable[[str], str]) -> str:
    """By whom or by itself, and after how long; ``harmless`` makes a name fit for where it is shown."""
    if past.took is None:
        return say.text("still open")
    took = say.duration(past.took.total_seconds())
    if past.by_itself:
        return say.text("resolved by itself after {took}", took=took)
    if past.handled_by is None:
        return say.text("ended after {took}", took=took)
    return say.text("{who} handled it, {took}", who=harmless(past.handled_by), took=took)
