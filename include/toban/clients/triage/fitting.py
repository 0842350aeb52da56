"""Logistic regression by Newton's method: few weights, and probabilities that are calibrated by nature."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
STEPS = 30
ENOUGH = 1e-8
# As strong as one incident that contradicts each weight: it keeps few incidents from proving much.
RIDGE = 1.0
WIDEST = 30.0  # beyond this score a probability is 0 or 1 in floating point


def fit(rows: Numbers, outcomes: Numbers) -> tuple[float, Numbers]:
    """Bias and weights for features in ``rows`` (one row an incident) and outcomes 0 or 1."""
    means, widths = rows.mean(axis=0), rows.std(axis=0)
    widths[widths < ENOUGH] = 1.0
    design = np.column_stack(((rows - means) / widths, np.ones(len(rows))))
    scaled = _newton(design, outcomes)
    weights = scaled[:-1] / widths
    return float(scaled[-1] - weights @ means), weights


def probabilities(rows: Numbers, bias: float, weights: Numbers) -> Numbers:
    """For each row, the probability [0, 1] of outcome 1."""
    score: Numbers = np.clip(rows @ weights + bias, -WIDEST, WIDEST)
    return 1 / (1 + np.exp(-score))


def _newton(design: Numbers, outcomes: Numbers) -> Numbers:
    weights = np.zeros(design.shape[1])
    ridge = np.full(len(weights), RIDGE)
    ridge[-1] = 1e-6  # the bias is free
    for _ in range(STEPS):
        chances = probabilities(design, 0.0, weights)
        slope = design.T @ (chances - outcomes) + ridge * weights
        bend = (design * (chances * (1 - chances))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < ENOUGH:
            break
    return weights
