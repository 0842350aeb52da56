"""Weekly: learn from what became of past incidents which alerts end by themselves."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson

from toban.clients.triage import scores
from toban.clients.triage.fitting import Numbers, fit, probabilities
from toban.clients.triage.kept import serving, weights_json
from toban.clients.triage.learned import read_outcomes
from toban.clients.warehouse import Warehouse
from toban.domain.triage.choice import Choice, Errors, choose
from toban.domain.triage.features import NAMES
from toban.domain.triage.history import Outcome
from toban.domain.triage.model import Model
from toban.domain.triage.nouns import TRANSIENT
from toban.jobs.triage_measures import majority_rule, matrix

LEAST = 200  # incidents; below, weights would be chance
LEARNED = 0.8  # the older part is learned from, the newer one judges


@dataclass(frozen=True)
class Trained:
    """``serves`` is the version that judges alerts from now on, None where none is good enough."""

    incidents: int
    version: str | None
    serves: str | None
    reason: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class _Learned:
    bias: float
    weights: Numbers
    errors: Errors
    figures: dict[str, Any]


def train_triage(warehouse: Warehouse, now: datetime) -> Trained:
    """Train, compare on newer incidents, and keep the better model; raises WarehouseError.

    The model that is kept is the one that was measured: it is not trained again on what judged it.
    """
    with warehouse.read() as snapshot:
        outcomes, old = read_outcomes(snapshot, now), serving(snapshot)
    ended = {outcome.transient for outcome in outcomes[: _known(outcomes)]}
    if len(outcomes) < LEAST or len(ended) < 2:
        reason = f"{len(outcomes)} incidents are too few or ended alike; {LEAST} of both kinds are needed"
        return Trained(len(outcomes), None, old.version if old else None, reason, {})
    learned = _learn(outcomes, old)
    return _keep(warehouse, len(outcomes), learned, choose(learned.errors), old, now)


def _known(outcomes: Sequence[Outcome]) -> int:
    """How many of the older part were over when the newer part began."""
    if not outcomes:
        return 0
    begins = outcomes[int(LEARNED * len(outcomes))].at_s
    return bisect_right(outcomes, begins - TRANSIENT.total_seconds(), key=lambda each: each.at_s)


def _learn(outcomes: Sequence[Outcome], old: Model | None) -> _Learned:
    """Weights from the older part, and how they, the old ones and plain rules do on the newer one."""
    features, truth = matrix(outcomes), np.array([float(each.transient) for each in outcomes])
    cut, known = int(LEARNED * len(outcomes)), _known(outcomes)
    bias, weights = fit(features[:known], truth[:known])
    newer = truth[cut:]
    chances = probabilities(features[cut:], bias, weights)
    before = probabilities(features[cut:], old.bias, np.array(old.weights)) if old else None
    templates = [each.template for each in outcomes]
    errors = Errors(
        new=scores.brier(chances, newer),
        old=None if before is None else scores.brier(before, newer),
        base_rate=scores.brier(np.full(len(newer), truth[:known].mean()), newer),
    )
    figures = {
        "learned_from": known,
        "judged_on": len(newer),
        "share_transient": float(newer.mean()),
        "auc": scores.auc(chances, newer),
        "brier": errors.new,
        "brier_before": errors.old,
        "brier_base_rate": errors.base_rate,
        "brier_template_majority": scores.brier(
            majority_rule(templates[:known], truth[:known], templates[cut:]), newer
        ),
        "calibration_error": scores.calibration_error(chances, newer),
    }
    return _Learned(bias, weights, errors, figures)


def _keep(
    warehouse: Warehouse, incidents: int, learned: _Learned, choice: Choice, old: Model | None, now: datetime
) -> Trained:
    version = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    serves = {"new": version, "old": old.version if old else None}.get(choice.serves or "")
    row = {
        "version": version,
        "trained_at": now,
        "serves": serves,
        "reason": choice.reason,
        "weights": weights_json(learned.bias, dict(zip(NAMES, learned.weights.tolist(), strict=True))),
        "figures": orjson.dumps(learned.figures).decode(),
    }
    with warehouse.write(purpose="training triage") as writer:
        writer.merge("triage_models", [row])
        writer.publish()
    return Trained(incidents, version, serves, choice.reason, learned.figures)
