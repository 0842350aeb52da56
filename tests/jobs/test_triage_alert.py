"""What the warehouse is asked about an alert, on a small history."""

from datetime import timedelta

import pytest

from toban.clients.triage.learned import read_outcomes
from toban.clients.triage.past import service_named
from toban.domain.triage.history import as_it_was_known
from toban.domain.triage.nouns import Frequency, Verdict
from toban.domain.triage.verdict import Reason
from toban.errors import UsageError, WarehouseError
from toban.jobs.train_triage import train_triage
from toban.jobs.triage_alert import triage_alert
from triage_samples import NOW, asked, history_of


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    warehouse = history_of(tmp_path_factory.mktemp("warehouse"))
    train_triage(warehouse, NOW)
    with warehouse.read() as snapshot:
        yield snapshot


def test_noise_likely_resolves_by_itself_and_its_evidence_can_be_checked(snapshot):
    found = triage_alert(snapshot, asked(), NOW)
    assert found.judgement.verdict is Verdict.BY_ITSELF
    assert (found.judgement.shares.like.ended, found.judgement.shares.like.of) == (48, 50)
    assert found.judgement.usual == timedelta(minutes=5)
    assert found.novelty.frequency is Frequency.FREQUENT
    assert [each.past.by_itself for each in found.nearest] == [True] * 5
    assert {each.past.service for each in found.nearest} == {"shop"}


def test_work_needs_action_and_shows_who_did_it_and_what_they_wrote(snapshot):
    found = triage_alert(snapshot, asked("Disk full on web-397: 5%"), NOW)
    assert found.judgement.verdict is Verdict.NEEDS_ACTION
    assert found.judgement.reason is Reason.HISTORY
    assert found.handlers == (("Aiko", 1.0),)
    (noted,) = [each.past for each in found.nearest if each.past.notes]
    assert [(note.by, note.text) for note in noted.notes] == [("Aiko", "grew <!channel> the disk")]
    assert noted.took == timedelta(hours=2)


def test_what_was_never_seen_needs_a_person_and_shows_the_nearest(snapshot):
    found = triage_alert(snapshot, asked("Disk filled on web-7: 5%"), NOW)
    assert found.judgement.verdict is Verdict.NEEDS_ACTION
    assert found.judgement.reason is Reason.NEW
    assert found.novelty.nearest[1].template == "Disk full on <name>: <n>%"
    assert found.nearest[0].past.title.startswith("Disk full")


def test_an_alert_of_another_service_is_known_but_its_history_here_is_thin(snapshot):
    found = triage_alert(snapshot, asked(service_id="S9"), NOW)
    assert not found.novelty.new
    assert found.novelty.frequency is Frequency.ANOMALY
    assert found.judgement.reason is Reason.THIN


def test_only_what_was_before_the_alert_counts(snapshot):
    began = NOW - timedelta(hours=398)
    found = triage_alert(snapshot, asked(at=began), NOW)
    assert len(found.nearest) == 1
    assert found.judgement.shares.like.of == 1
    assert triage_alert(snapshot, asked(at=began - timedelta(days=9)), NOW).novelty.new


def test_an_incident_that_is_looked_at_later_was_seen_as_often_as_at_its_time(snapshot):
    then = NOW - timedelta(days=5)
    seen_now, seen_then = (triage_alert(snapshot, asked(at=at), NOW).novelty.seen for at in (NOW, then))
    assert 0 < sum(one.incidents for one in seen_then) < sum(one.incidents for one in seen_now)
    assert {one.first_seen for one in seen_then} == {one.first_seen for one in seen_now}
    assert max(one.last_seen for one in seen_then) < then


def test_training_and_the_warehouse_see_the_same(snapshot):
    *_, (last, trained_on) = as_it_was_known(read_outcomes(snapshot, NOW))
    moment = NOW - timedelta(hours=1)
    assert last.at_s == moment.timestamp()
    found = triage_alert(snapshot, asked("Disk full on web-3: 4%", "S2", at=moment), NOW)
    assert found.judgement.shares == trained_on


@pytest.mark.parametrize(
    "text", ["", "'; drop table incident_facts; --", "a" * 1_000_000, "\x00\u202e%s{}$at"]
)
def test_a_hostile_text_is_a_text_like_any_other(snapshot, text):
    found = triage_alert(snapshot, asked(text), NOW)
    assert found.judgement.verdict is Verdict.NEEDS_ACTION
    assert found.novelty.new


def test_a_service_is_found_by_its_id_and_by_its_name(snapshot):
    assert [service_named(snapshot, named) for named in ("S1", "Shop", "mail")] == ["S1", "S1", "S2"]
    with pytest.raises(UsageError, match="'nope'"):
        service_named(snapshot, "nope")
    with pytest.raises(UsageError, match="No service has"):
        service_named(snapshot, "no\udcff UTF-8")


def test_a_warehouse_from_before_triage_is_an_error_that_the_alert_path_survives(snapshot):
    snapshot.connection.execute("create temp view alert_templates as select 1 as n")
    try:
        with pytest.raises(WarehouseError):
            triage_alert(snapshot, asked(), NOW)
    finally:
        snapshot.connection.execute("drop view temp.alert_templates")
