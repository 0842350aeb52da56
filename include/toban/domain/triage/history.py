"""Runs through past incidents as they came and notes what could be known of each when it began."""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from toban.domain.triage.features import features
from toban.domain.triage.nouns import TRANSIENT
from toban.domain.triage.shares import Counting, Shares


class Outcome(NamedTuple):
    """One past incident: ``at_s`` in seconds since 1970, ``transient``: ended soon, without anybody."""

    service: Hashable
    template: Hashable
    at_s: float
    low: bool
    transient: bool


def as_it_was_known(outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, Shares]]:
    """Each with the shares known when it began, oldest first; they must come in this order.

    What becomes of an incident is known after TRANSIENT at the latest, and is counted from then on.
    """
    counting, waiting = Counting(), deque[Outcome]()
    for outcome in outcomes:
        while waiting and waiting[0].at_s + TRANSIENT.total_seconds() <= outcome.at_s:
            past = waiting.popleft()
            counting.learn(past.service, past.template, past.transient)
        yield outcome, counting.shares(outcome.service, outcome.template)
        waiting.append(outcome)


def rows(outcomes: Iterable[Outcome]) -> Iterator[tuple[float, ...]]:
    """The model's features of each."""
    for outcome, shares in as_it_was_known(outcomes):
        yield features(shares, outcome.at_s, low=outcome.low)
