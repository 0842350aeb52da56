from datetime import timedelta

import pytest

from toban.clients.triage.kept import serving
from toban.domain.triage.features import NAMES
from toban.domain.triage.verdict import Reason
from toban.jobs.train_triage import LEAST, train_triage
from toban.jobs.triage_alert import triage_alert
from triage_samples import NOW, asked, history_of

WEEK = timedelta(days=7)


@pytest.fixture
def warehouse(tmp_path):
    return history_of(tmp_path)


def model_of(warehouse):
    with warehouse.read() as snapshot:
        return serving(snapshot)


def replace_weights(warehouse, weights):
    with warehouse.write() as writer:
        writer.execute("update triage_models set weights = ?", [weights])
        writer.publish()


def test_the_first_model_serves_if_it_beats_the_base_rate(warehouse):
    trained = train_triage(warehouse, NOW)
    assert trained.serves == trained.version == "2026-11-02T03:04:00Z"
    assert trained.incidents == 400
    assert trained.figures["judged_on"] == 80
    assert trained.figures["auc"] > 0.9
    assert trained.figures["brier"] < trained.figures["brier_base_rate"] / 5
    assert model_of(warehouse).version == trained.version


def test_a_model_that_is_no_better_is_refused_and_the_one_before_counts_as_checked(
    warehouse,
):
    first = train_triage(warehouse, NOW)
    second = train_triage(warehouse, NOW + WEEK)
    assert second.serves == first.version != second.version
    assert second.figures["brier_before"] == pytest.approx(second.figures["brier"])
    assert model_of(warehouse).checked_at == NOW + WEEK


def test_a_better_model_replaces_the_one_before(warehouse):
    train_triage(warehouse, NOW)
    replace_weights(warehouse, '{"bias": 3.0, ' + ", ".join(f'"{name}": 0' for name in NAMES) + "}")
    second = train_triage(warehouse, NOW + WEEK)
    assert second.serves == second.version
    assert second.figures["brier"] < second.figures["brier_before"]


@pytest.mark.parametrize("weights", ["{}", "[]", '{"bias": "x"}', "null", '{"bias": 1, "unknown": 2}'])
def test_a_model_that_does_not_fit_this_version_is_none(warehouse, weights):
    train_triage(warehouse, NOW)
    replace_weights(warehouse, weights)
    assert model_of(warehouse) is None
    with warehouse.read() as snapshot:
        assert triage_alert(snapshot, asked(), NOW).judgement.reason is Reason.NO_MODEL


def test_a_short_history_trains_nothing(tmp_path):
    warehouse = history_of(tmp_path, LEAST - 1)
    trained = train_triage(warehouse, NOW)
    assert (trained.version, trained.serves) == (None, None)
    assert "199" in trained.reason
    assert model_of(warehouse) is None


def test_an_empty_warehouse_trains_nothing(tmp_path):
    assert train_triage(history_of(tmp_path, 0), NOW).version is None


def test_a_model_that_was_not_checked_for_weeks_leaves_every_alert_to_a_person(warehouse):
    train_triage(warehouse, NOW)
    with warehouse.read() as snapshot:
        found = triage_alert(snapshot, asked(at=NOW + 4 * WEEK), NOW + 4 * WEEK)
    assert found.judgement.reason is Reason.STALE_MODEL
