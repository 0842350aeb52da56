"""What verdicts are made of and measured by, in training and in evaluation alike."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import chain

import numpy as np

from toban.clients.triage.fitting import Numbers
from toban.domain.triage.features import NAMES
from toban.domain.triage.history import Outcome, rows


def matrix(outcomes: Sequence[Outcome]) -> Numbers:
    """The features of each incident as it was known when it began, one row an incident, oldest first."""
    numbers = chain.from_iterable(rows(outcomes))
    return np.fromiter(numbers, dtype=np.float64, count=len(outcomes) * len(NAMES)).reshape(-1, len(NAMES))


def majority_rule(past: Sequence[Hashable], outcomes: Numbers, asked: Sequence[Hashable]) -> Numbers:
    """The rule to beat: what most of the template did, as 0 or 1; of all, where the template is new."""
    ended = Counter(name for name, outcome in zip(past, outcomes, strict=True) if outcome)
    whole = Counter(past)
    otherwise = float(outcomes.mean())
    return np.array(
        [float((ended[name] / whole[name] if whole[name] else otherwise) >= 0.5) for name in asked]
    )
