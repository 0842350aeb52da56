"""Invented waits for the tests of the question whether a feature helped."""

from datetime import date
from random import Random

from toban.domain.effect.nouns import Effect, End, Interval, Side, Verdict, Wait

ENDS = {"A": End.ACKNOWLEDGED, "R": End.RESOLVED, "O": End.OPEN}
SINCE = date(2026, 7, 1)


def waits(text, stratum="shop", first=0):
    """``60A 120R``: acknowledged after a minute, resolved after two; each an occasion of its own."""
    return [Wait(stratum, first + n, float(word[:-1]), ENDS[word[-1]]) for n, word in enumerate(text.split())]


def simulated(random: Random, n, mean_s, *, strata=(("shop", 1.0),), storms=False, watched_s=1_800):
    """``n`` exponential waits, each stratum's times its factor, some cut off by a resolution.

    ``strata`` are drawn alike; in ``storms`` five incidents share an occasion and one person's pace.
    """
    made = []
    for number in range(n):
        if not storms or number % 5 == 0:
            pace = random.choice([0.25, 1.75]) if storms else 1.0
        stratum, factor = random.choice(strata)
        wait, end = random.expovariate(1 / (mean_s * factor * pace)), random.expovariate(1 / watched_s)
        kind = End.ACKNOWLEDGED if wait <= end else End.RESOLVED
        made.append(Wait(stratum, number // 5 if storms else number, min(wait, end), kind))
    return made


def compared(verdict=Verdict.FASTER, before=(214, 540.0, 0.25), after=(187, 120.0, 0.75), **more):
    """A finished comparison at minute 3; each side as (n, median, share acknowledged soon)."""
    sides = (Side(n, n - 4, 3, 1, 2, median_s, soon) for n, median_s, soon in (before, after))
    intervals = {"median_change_s": Interval(-660.0, -240.0), "soon_change": Interval(0.4, 0.6)}
    return Effect(3, SINCE, *sides, verdict, **(intervals | more))
