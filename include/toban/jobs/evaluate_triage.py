"""How good would triage have been on a history? In time order, nothing known before it happened."""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np

from toban.clients.triage import scores
from toban.clients.triage.fitting import Numbers, fit, probabilities
from toban.domain.triage.history import Outcome
from toban.domain.triage.nouns import TRANSIENT, Asked, Past
from toban.domain.triage.similar import ASKED, handlers, similar
from toban.domain.triage.template import template
from toban.errors import UsageError
from toban.jobs.triage_measures import majority_rule, matrix

FIRST = 0.2  # of the history is only learned from
LEAST = 50  # incidents to learn from, at the least
FOLDS = 20
LOOKED_AT = 300  # the newest incidents of a template, as many as the warehouse is asked for

Figures = dict[str, Any]


def evaluate_triage(history: Sequence[Past]) -> Figures:
    """Figures of verdicts (where ends are known) and of who handled it (where that is); oldest first.

    Raises UsageError where there is too little to say anything.
    """
    if len(history) < 2 * LEAST:
        raise UsageError(
            f"{len(history)} incidents are too few to evaluate; give at least {2 * LEAST}, in one file."
        )
    found: Figures = {"n": len(history)}
    if any(past.ended_at for past in history):
        found |= _verdicts(history)
    if any(past.handled_by for past in history):
        found["handled_by"] = _handled(history)
    if len(found) == 1:
        raise UsageError("No incident has an end or a group; give resolved_at, or group, to evaluate by.")
    return found


def _verdicts(history: Sequence[Past]) -> Figures:
    templates = [template(past.title) for past in history]
    outcomes = np.array([float(past.transient) for past in history])
    seen = np.array(list(_seen(templates)))
    predicted, base, majority = _rolled(history, templates, outcomes)
    start = len(outcomes) - len(predicted)
    truth, known = outcomes[start:], seen[start:]
    return {
        "evaluated": len(truth),
        "transient_minutes": int(TRANSIENT.total_seconds() // 60),
        "share_transient": float(truth.mean()),
        **_figures(predicted, truth),
        "brier_base_rate": scores.brier(base, truth),
        "brier_template_majority": scores.brier(majority, truth),
        "calibration_error": scores.calibration_error(predicted, truth),
        "unseen": {"n": int((~known).sum()), **_figures(predicted[~known], truth[~known])},
    }


def _figures(chances: Numbers, outcomes: Numbers) -> Figures:
    """AUC, average precision (of either outcome) and Brier score, each with its 95 % interval."""
    return {
        "auc": _with_interval(scores.auc, chances, outcomes),
        "average_precision": _with_interval(scores.average_precision, chances, outcomes),
        "average_precision_not_transient": _with_interval(
            scores.average_precision, 1 - chances, 1 - outcomes
        ),
        "brier": _with_interval(scores.brier, chances, outcomes),
    }


def _with_interval(score: scores.Score, chances: Numbers, outcomes: Numbers) -> Figures | None:
    value = score(chances, outcomes) if len(chances) else None
    found = None if value is None else scores.interval(score, chances, outcomes)
    return None if found is None else {"value": value, "low": found[0], "high": found[1]}


def _seen(templates: Sequence[str]) -> Iterator[bool]:
    """Of each, whether its template came before."""
    before: set[str] = set()
    for each in templates:
        yield each in before
        before.add(each)


def _rolled(
    history: Sequence[Past], templates: Sequence[str], outcomes: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Predictions pooled over the folds, beside the base rate's and the majority rule's."""
    began = [past.created_at for past in history]
    features = matrix(
        [
            Outcome(past.service_id, name, past.created_at.timestamp(), False, past.transient)
            for past, name in zip(history, templates, strict=True)
        ]
    )
    first = max(LEAST, int(FIRST * len(history)))
    edges = np.unique(np.linspace(first, len(history), FOLDS + 1).astype(int))
    predicted, base, majority = [], [], []
    for start, end in pairwise(edges):
        known = bisect_right(began, began[start] - TRANSIENT)  # what became of later ones is not known yet
        if not known:
            raise UsageError(
                "The first fifth of the incidents began within half an hour; give a longer history."
            )
        bias, weights = fit(features[:known], outcomes[:known])
        predicted.append(probabilities(features[start:end], bias, weights))
        base.append(np.full(end - start, outcomes[:known].mean()))
        majority.append(majority_rule(templates[:known], outcomes[:known], templates[start:end]))
    return np.concatenate(predicted), np.concatenate(base), np.concatenate(majority)


def _handled(history: Sequence[Past]) -> Figures:
    """How often those who handled it are first, or among the first three, that similar ones name.

    Of incidents of one moment, those earlier in the file are known.
    """
    newest: defaultdict[str, deque[Past]] = defaultdict(lambda: deque(maxlen=LOOKED_AT))
    ranks = []
    for at, past in enumerate(history):
        own = newest[template(past.title)]
        if at >= max(LEAST, int(FIRST * len(history))) and past.handled_by:
            asked = Asked(past.title, past.service_id, past.created_at)
            candidates = own if len(own) >= ASKED else chain.from_iterable(newest.values())
            named = [who for who, _ in handlers(similar(asked, candidates))]
            ranks.append(named.index(past.handled_by) + 1 if past.handled_by in named else None)
        own.append(past)
    hits = [sum(rank is not None and rank <= most for rank in ranks) / max(len(ranks), 1) for most in (1, 3)]
    return {"n": len(ranks), "hit_at_1": hits[0], "hit_at_3": hits[1]}
