import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared_data import shared_path
from toban.clients.triage.incident_files import read_incidents
from toban.errors import UsageError
from toban.jobs.evaluate_triage import evaluate_triage
from triage_samples import past


def told_apart(count=400):
    """Noise ends after 5 minutes, work after two hours."""
    pairs = [("Queue is long", 5), ("Disk is full", 120)]
    return [past(count - n, *pairs[n % 2]) for n in range(count)]


def test_what_history_tells_apart_is_foreseen():
    found = evaluate_triage(told_apart())
    assert (found["n"], found["evaluated"], found["share_transient"]) == (400, 320, 0.5)
    assert found["auc"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert found["brier"]["value"] < 0.01 < found["brier_base_rate"]
    assert found["calibration_error"] is None


def test_chance_cannot_be_foreseen():
    chance = random.Random(3)
    history = [past(1_000 - n, "Queue is long", chance.choice((5, 120))) for n in range(1_000)]
    found = evaluate_triage(history)
    assert found["auc"]["low"] < 0.5 < found["auc"]["high"]
    assert found["brier"]["value"] == pytest.approx(0.25, abs=0.02)


def test_templates_that_were_never_seen_stand_apart():
    history = [*told_apart(), past(0.5, "A new one", 120)]
    assert evaluate_triage(history)["unseen"]["n"] == 1
    assert evaluate_triage(history)["unseen"]["auc"] is None


def test_who_handled_it_is_found_among_similar_incidents():
    history = [
        replace(each, handled_by="Aiko" if "Queue" in each.title else "Ben", ended_at=None)
        for each in told_apart()
    ]
    assert evaluate_triage(history) == {
        "n": 400,
        "handled_by": {"n": 320, "hit_at_1": 1.0, "hit_at_3": 1.0},
    }


def test_a_short_history_is_refused():
    with pytest.raises(UsageError, match="99 incidents are too few"):
        evaluate_triage(told_apart(99))


def test_a_history_of_minutes_is_refused():
    with pytest.raises(UsageError, match="half an hour"):
        evaluate_triage([past(1, "Queue is long") for _ in range(200)])


def test_a_history_without_ends_and_hands_says_nothing():
    with pytest.raises(UsageError, match="No incident has an end or a group"):
        evaluate_triage([replace(each, ended_at=None) for each in told_apart()])


def test_of_a_history_that_always_ended_alike_no_ranking_is_told():
    found = evaluate_triage([past(400 - n, "Queue is long", 5) for n in range(400)])
    assert (found["share_transient"], found["auc"]) == (1.0, None)
    assert found["brier"]["value"] == pytest.approx(0)


def test_what_ended_before_it_began_is_no_transient():
    assert not past(1, "Queue is long", -1).transient


def test_hands_that_are_known_of_the_first_incidents_alone_are_asked_of_nobody():
    history = [replace(each, handled_by="Aiko" if n < 9 else None) for n, each in enumerate(told_apart())]
    assert evaluate_triage(history)["handled_by"] == {"n": 0, "hit_at_1": 0.0, "hit_at_3": 0.0}


def test_real_outages_are_foreseen_better_than_by_plain_rules():
    found = evaluate_triage(read_incidents(shared_path("data/alert_triage/outages_dev.jsonl")))
    assert found["auc"]["low"] > 0.5
    assert found["brier"]["value"] < min(found["brier_base_rate"], found["brier_template_majority"])


def test_the_group_that_resolves_real_alerts_is_named_by_similar_ones():
    found = evaluate_triage(read_incidents(shared_path("data/alert_triage/scheduler_alerts_dev.jsonl")))
    assert found["handled_by"]["hit_at_1"] >= 0.78
    assert found["handled_by"]["hit_at_3"] >= 0.95


def test_a_file_is_read_in_time_order_and_moments_without_a_zone_are_utc(tmp_path):
    rows = [
        {"title": "b", "created_at": "2026-01-02 00:00:00", "resolved_at": "2026-01-02T00:10:00+00:00"},
        {"short_description": "a", "opened_at": "2026-01-01T09:00:00+09:00", "assignment_group": "G1"},
        {"title": "c", "created_at": "2026-01-03", "by_itself": False, "service": "shop"},
    ]
    file = tmp_path / "incidents.jsonl"
    file.write_text("\r\n\r\n".join(map(json.dumps, rows)), encoding="utf-8-sig")
    first, second, third = read_incidents(file)
    assert (first.title, first.handled_by, first.created_at) == ("a", "G1", datetime(2026, 1, 1, tzinfo=UTC))
    assert second.transient
    assert (third.service_id, third.transient, third.ended_at) == ("shop", False, None)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[1]", "no JSON object"),
        ("{", "Line 2"),
        ('{"title": "a"}', "no created_at"),
        ('{"created_at": "2026-01-01"}', "no title"),
        ('{"title": "a", "created_at": "yesterday"}', "yesterday"),
        ('{"title": "a", "created_at": "0001-01-01T00:00:00+09:00"}', "out of range"),
        ('{"title": "a", "created_at": "2026-01-01", "by_itself": "false"}', "neither true nor false"),
    ],
)
def test_a_line_that_is_no_incident_is_named(tmp_path, line, why):
    file = tmp_path / "incidents.jsonl"
    file.write_text(f'{{"title": "a", "created_at": "2026-01-01"}}\n{line}', encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_incidents(file)
