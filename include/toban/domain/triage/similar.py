"""The past incidents most like an alert, and who handled them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from toban.domain.triage.likeness import grams, likenesses, overlap
from toban.domain.triage.nouns import Alike, Asked, Past
from toban.domain.triage.template import template

SHOWN = 5
ASKED = 20  # so many of the nearest decide who handles such alerts
RELATED = 0.5  # templates that share less are another alert


def related(text: str, templates: Iterable[str]) -> list[tuple[float, str]]:
    """Templates near to the text's own, with what they share [0, 1], nearest first."""
    own = grams(template(text))
    found = ((overlap(own, grams(each)), each) for each in set(templates))
    return sorted((pair for pair in found if pair[0] >= RELATED), key=lambda pair: (-pair[0], pair[1]))


def similar(asked: Asked, candidates: Iterable[Past]) -> list[Alike]:
    """All by likeness, those of the same service first; of equally near ones the newest."""
    newest_first = sorted(candidates, key=lambda past: past.created_at, reverse=True)
    likeness = likenesses(asked.text, [past.title for past in newest_first])
    found = map(Alike, newest_first, likeness)
    return sorted(found, key=lambda one: (one.past.service_id != asked.service_id, -one.likeness))


def handlers(nearest: Sequence[Alike]) -> list[tuple[str, float]]:
    """Who handled those like it, with the share of their voices [0, 1], the likeliest first.

    The nearer an incident, the more its voice counts.
    """
    voices: defaultdict[str, float] = defaultdict(float)
    for each in nearest[:ASKED]:
        if each.past.handled_by is not None:
            voices[each.past.handled_by] += each.likeness + 1e-6
    whole = sum(voices.values())
    return sorted(((who, voice / whole) for who, voice in voices.items()), key=lambda pair: -pair[1])
