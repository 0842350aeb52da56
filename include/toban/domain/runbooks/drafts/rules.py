"""The words by which a draft would be found, once somebody has reviewed it."""

from toban.domain.runbooks.drafts.quoting import LONGEST_INLINE
from toban.domain.runbooks.folding import folded, forms, holds
from toban.domain.triage.masks import PLACEHOLDER

_EDGES = " .,:;!?=|()[]{}<>\"'`/\\%#*&$^~-_、。「」【】"
SHORTEST = 4  # characters: a shorter word is in alerts of every kind


def keyword_of(template: str, title: str) -> str | None:
    """The longest part of the template that never varies, if the alert holds it as whole words."""
    parts = sorted((part.strip(_EDGES) for part in PLACEHOLDER.split(template)), key=len, reverse=True)
    for part in parts:
        if len(folded(part)) >= SHORTEST and len(part) <= LONGEST_INLINE and _is_in(part, title):
            return part
    return None


def _is_in(part: str, title: str) -> bool:
    return any(holds(form, folded(part)) for form in forms(title))
