"""Runs through past incidents as they came and notes what could be known of each when it began."""

from collections.abc import Hashable, Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from toban.domain.triage.features import features
from toban.domain.triage.nouns import TRANSIENT
from toban.domain.triage.shares import Counting, Shares


class Outcome(NamedTuple):
    """One past incident: ``at_s`` in seconds since 1970, ``transient``: ended soon, without anybody.

    ``said_s`` is when people said whether it had needed anybody; 0 where nobody did.
    """

    service: Hashable
    template: Hashable
    at_s: float
    low: bool
    transient: bool
    said_s: float = 0.0


def as_it_was_known(outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, Shares]]:
    """Each with the shares known when it began, oldest first; they must come in this order.

    What becomes of an incident is known after TRANSIENT at the latest, or else when people said it, and is
    counted from then on.
    """
    counting, waiting, soon_s = Counting(), list[tuple[float, int, Outcome]](), TRANSIENT.total_seconds()
    for number, outcome in enumerate(outcomes):
        while waiting and waiting[0][0] <= outcome.at_s:
            past = heappop(waiting)[2]
            counting.learn(past.service, past.template, past.transient)
        yield outcome, counting.shares(outcome.service, outcome.template)
        heappush(waiting, (max(outcome.at_s + soon_s, outcome.said_s), number, outcome))


def rows(outcomes: Iterable[Outcome]) -> Iterator[tuple[float, ...]]:
    """The model's features of each."""
    for outcome, shares in as_it_was_known(outcomes):
        yield features(shares, outcome.at_s, low=outcome.low)
