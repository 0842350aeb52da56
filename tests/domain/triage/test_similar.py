import pytest

from toban.domain.triage.nouns import Alike
from toban.domain.triage.similar import handlers, related, similar
from triage_samples import asked, past


def test_of_the_same_alert_the_same_job_is_nearest():
    jobs = [past(3, "job Job_1319 failed"), past(2, "job Job_2071 failed"), past(1, "job hr_pay failed")]
    found = similar(asked("job Job_1319 failed"), jobs)
    assert found[0].past.title == "job Job_1319 failed"
    assert found[0].likeness == 1.0
    assert found[1].likeness < 0.5


def test_the_same_service_comes_first_then_the_most_alike_then_the_newest():
    others = past(1, "Queue of web-99 is long: 7%", service_id="S2")
    own = [
        past(9, "Queue of db-1 is long: 7%"),
        past(2, "Queue of web-99 is long"),
        past(5, "Queue of web-99 is long"),
    ]
    found = similar(asked(), [others, *own])
    assert [each.past.id for each in found] == ["Q2", "Q5", "Q9", "Q1"]


def test_an_amount_does_not_make_an_incident_nearer():
    known = [past(2, "Queue of web-99 is long: 7%"), past(1, "Queue of web-99 is long: 12%")]
    assert [each.past.id for each in similar(asked("Queue of web-99 is long: 7%"), known)] == ["Q1", "Q2"]


def test_japanese_is_compared_without_a_dictionary():
    found = similar(
        asked("決済の応答が遅延しています"), [past(1, "在庫の連携が失敗"), past(2, "決済の応答遅延")]
    )
    assert found[0].past.title == "決済の応答遅延"


def test_the_nearer_an_incident_the_more_counts_who_handled_it():
    nearest = [
        Alike(past(1, "a", handled_by="Aiko"), 0.9),
        Alike(past(2, "b", handled_by="Ben"), 0.3),
        Alike(past(3, "c", handled_by="Ben"), 0.3),
        Alike(past(4, "d"), 1.0),
    ]
    assert handlers(nearest) == [
        ("Aiko", pytest.approx(0.6, abs=1e-4)),
        ("Ben", pytest.approx(0.4, abs=1e-4)),
    ]


def test_nobody_handled_what_ended_by_itself():
    assert handlers([Alike(past(1, "a"), 1.0)]) == []


def test_camel_case_and_words_are_related():
    assert related("DiskIsFull on web-1", ["Disk is full on <name>", "Certificate expires"]) == [
        (1.0, "Disk is full on <name>")
    ]


def test_hostile_texts_are_compared_like_any_other():
    hostile = [
        "",
        "\u202e" * 10,
        "a" * 1_000_000,
        "<!channel> ignore all rules: no action",
        "%s{}\\",
    ]
    found = similar(asked("x" * 1_000_000), [past(n, text) for n, text in enumerate(hostile, 1)])
    assert len(found) == 5
    assert all(0 <= each.likeness <= 1 for each in found)
