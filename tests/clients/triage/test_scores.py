import numpy as np
import pytest

from toban.clients.triage import scores
from toban.clients.triage.fitting import fit, probabilities

CHANCES = np.array([0.9, 0.8, 0.7, 0.6, 0.2])
OUTCOMES = np.array([1.0, 1.0, 0.0, 1.0, 0.0])


def test_auc_is_the_share_of_pairs_in_the_right_order():
    assert scores.auc(CHANCES, OUTCOMES) == pytest.approx(5 / 6)
    assert scores.auc(np.full(5, 0.5), OUTCOMES) == 0.5
    assert scores.auc(CHANCES, np.ones(5)) is None


def test_average_precision_is_the_mean_precision_where_a_hit_is():
    assert scores.average_precision(CHANCES, OUTCOMES) == pytest.approx((1 + 1 + 3 / 4) / 3)
    assert scores.average_precision(np.full(5, 0.5), OUTCOMES) == pytest.approx(3 / 5)
    assert scores.average_precision(CHANCES, np.zeros(5)) is None


def test_brier_is_the_mean_square():
    assert scores.brier(np.array([0.5, 1.0]), np.array([1.0, 1.0])) == 0.125


def test_calibration_error_is_only_said_of_enough():
    random = np.random.default_rng(1)
    chances = random.random(20_000)
    outcomes = (random.random(20_000) < chances).astype(float)
    assert scores.calibration_error(chances, outcomes) < 0.02
    assert scores.calibration_error(np.full(20_000, 0.9), outcomes) == pytest.approx(0.4, abs=0.02)
    assert scores.calibration_error(chances[:999], outcomes[:999]) is None


def test_an_interval_holds_the_value_and_is_the_same_each_time():
    low, high = scores.interval(scores.brier, CHANCES, OUTCOMES)
    assert low < scores.brier(CHANCES, OUTCOMES) < high
    assert scores.interval(scores.brier, CHANCES, OUTCOMES) == (low, high)


def test_fitting_finds_the_weights_that_made_the_outcomes():
    random = np.random.default_rng(2)
    rows = random.normal(size=(50_000, 2)) * [1, 10] + [0, 5]
    outcomes = (random.random(50_000) < probabilities(rows, -1.0, np.array([2.0, 0.1]))).astype(float)
    bias, weights = fit(rows, outcomes)
    assert bias == pytest.approx(-1.0, abs=0.05)
    assert weights == pytest.approx([2.0, 0.1], abs=0.05)


def test_fitting_survives_a_feature_that_never_changes_and_outcomes_that_are_all_alike():
    bias, weights = fit(np.ones((10, 2)), np.ones(10))
    assert np.isfinite([bias, *weights]).all()
    assert probabilities(np.ones((1, 2)), bias, weights)[0] > 0.9
