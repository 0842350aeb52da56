"""How sure a difference is: the incidents are drawn again many times, occasion by occasion."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from random import Random
from statistics import quantiles

from toban.domain.effect.curve import Times, Waits
from toban.domain.effect.nouns import Interval

SEED = 20_260_701  # the same data give the same interval, whoever asks and however often
MOST_DRAWS = 1_000
FEWEST_DRAWS = 200
# Incidents gone through in about ten seconds; the larger a history, the less it moves from draw to draw.
MOST_WORK = 20_000_000
FORTIETH = 40  # the first and the last of forty parts, 2.5 % each, are left out


def draws(before: Waits, after: Waits, most: int = MOST_DRAWS) -> Iterator[tuple[Times, Times]]:
    """How often each incident of both sides is drawn when as many whole occasions are, with repetition."""
    random = Random(SEED)  # noqa: S311 - chance that can be repeated, not a secret
    sides = [[each.occasion for each in waits] for waits in (before, after)]
    known = [list(dict.fromkeys(occasions)) for occasions in sides]
    for _ in range(min(most, affordable(len(before) + len(after)))):
        one, other = (_times(random, occasions, among) for occasions, among in zip(sides, known, strict=True))
        yield one, other


def affordable(incidents: int) -> int:
    """How many draws of so many incidents are worth their time."""
    return max(FEWEST_DRAWS, MOST_WORK // max(incidents, 1))


def _times(random: Random, occasions: Sequence[Hashable], among: Sequence[Hashable]) -> Times:
    drawn = Counter(random.choices(among, k=len(among)))
    return [drawn[each] for each in occasions]


def middle(values: Sequence[float]) -> Interval:
    """The middle 95 % of what was drawn."""
    parts = quantiles(values, n=FORTIETH, method="inclusive")
    return Interval(parts[0], parts[-1])
