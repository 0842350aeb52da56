from hypothesis import given
from hypothesis import strategies as st

from toban.domain.triage.features import NAMES, features
from toban.domain.triage.history import Outcome, as_it_was_known
from toban.domain.triage.nouns import TRANSIENT
from toban.domain.triage.shares import WINDOW, Counting, Share

SOON = TRANSIENT.total_seconds()


def shares_of(*outcomes):
    return [shares for _, shares in as_it_was_known(outcomes)]


def outcome(at_s, *, ended=True, service="S1", template="T1"):
    return Outcome(service, template, at_s, False, ended)


def test_what_becomes_of_an_incident_counts_half_an_hour_after_it_began():
    found = shares_of(outcome(0), outcome(SOON - 1), outcome(SOON), outcome(2 * SOON))
    assert [each.like for each in found] == [Share(0, 0), Share(0, 0), Share(1, 1), Share(3, 3)]


def test_like_it_is_what_has_its_service_and_its_template():
    found = shares_of(
        outcome(0), outcome(1, template="T2", ended=False), outcome(2, service="S2"), outcome(2 * SOON)
    )[-1]
    assert (found.like, found.service) == (Share(1, 1), Share(1, 2))


@given(st.lists(st.booleans(), max_size=3 * WINDOW))
def test_a_window_holds_the_newest_outcomes(ended):
    counting = Counting()
    for each in ended:
        counting.learn("S1", "T1", each)
    newest = ended[-WINDOW:]
    assert counting.shares("S1", "T1").like == Share(sum(newest), len(newest))


@given(st.lists(st.tuples(st.integers(0, 9_000), st.booleans()), max_size=40))
def test_nothing_is_known_before_it_happened(events):
    outcomes = [outcome(at, ended=ended) for at, ended in sorted(events)]
    for position, (_, shares) in enumerate(as_it_was_known(outcomes)):
        known = [each for each in outcomes[:position] if each.at_s + SOON <= outcomes[position].at_s]
        assert shares.like == Share(sum(each.transient for each in known), len(known))


def test_without_any_history_no_feature_speaks_for_either_end():
    values = dict(zip(NAMES, features(Counting().shares("S1", "T1"), 0.0, low=False), strict=True))
    assert values["like"] == values["service"] == values["like_count"] == 0.0


def test_what_people_said_later_counts_from_then_on():
    late = Outcome("S1", "T1", 0, False, True, said_s=3 * SOON)
    found = shares_of(late, outcome(SOON, ended=False), outcome(2 * SOON), outcome(3 * SOON))
    assert [each.like for each in found] == [Share(0, 0), Share(0, 0), Share(0, 1), Share(2, 3)]
