"""The share still waiting, against cases worked out by hand, and what holds for all."""

from random import Random
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effect_samples import ENDS, SINCE, waits
from toban.domain.effect.curve import (
    acknowledged_within,
    in_order,
    median_s,
    still_waiting,
    strata,
    weights,
)
from toban.domain.effect.estimate import effect
from toban.domain.effect.nouns import End, Wait

# What happened, the share still waiting after each acknowledgement, the median, the share within 300 s.
BY_HAND = [
    ("60A 120A 300A 600A", [(60, 3 / 4), (120, 1 / 2), (300, 1 / 4), (600, 0)], 120, 3 / 4),
    ("60A 120R 300A 600A", [(60, 3 / 4), (300, 3 / 8), (600, 0)], 300, 5 / 8),
    ("60A 120O 300A 600A", [(60, 3 / 4), (300, 3 / 8), (600, 0)], 300, 5 / 8),
    ("100R 100A", [(100, 1 / 2)], 100, 1 / 2),
    ("10A 20R 30R", [(10, 2 / 3)], None, 1 / 3),
    ("60R 60O", [], None, 0),
    ("301A", [(301, 0)], 301, 0),
]
TWO_STRATA = (
    waits("100A", "shop") + waits("200A 400A", "mail"),
    waits("50A 60A 70A", "shop") + waits("500A", "mail"),
)
SECONDS = st.integers(1, 2_000).map(float)
WAITS = st.lists(
    st.builds(
        Wait,
        stratum=st.sampled_from(["shop", "mail", "night"]),
        occasion=st.integers(0, 9),
        further_s=SECONDS,
        end=st.sampled_from(End),
    ),
    max_size=25,
)


def curve_of(found):
    ordered = in_order(found)
    return still_waiting(ordered, [1] * len(ordered), dict.fromkeys({each.stratum for each in ordered}, 1.0))


def sides(before, after):
    found = effect(before, after, minute=3, since=SINCE, most_draws=50)
    return found.before, found.after


@pytest.mark.parametrize(("told", "curve", "median", "soon"), BY_HAND)
def test_the_share_still_waiting_is_what_the_hand_works_out(told, curve, median, soon):
    found = curve_of(waits(told))
    assert [at for at, _ in found] == [at for at, _ in curve]
    assert [share for _, share in found] == pytest.approx([share for _, share in curve])
    assert median_s(found) == median
    assert acknowledged_within(found, 300) == pytest.approx(soon)


def test_each_incident_weighs_the_other_sides_share_of_its_stratum():
    before, after = TWO_STRATA
    own, other = strata(before, [1] * 3), strata(after, [1] * 4)
    assert weights(own, other) == pytest.approx({"shop": 3 / 4, "mail": 1 / 3})
    assert weights(other, own) == pytest.approx({"shop": 1 / 4, "mail": 2 / 3})


def test_two_strata_are_compared_as_the_hand_works_out():
    before, after = sides(*TWO_STRATA)
    assert (before.n, before.median_s, before.soon) == (3, 100, pytest.approx(13 / 17))
    assert (after.n, after.median_s, after.soon) == (4, 70, pytest.approx(9 / 17))


def test_a_side_counts_how_its_waits_ended_and_what_has_no_like():
    before, after = sides(waits("10A 20R 30O 40R"), waits("10A") + waits("1A 2R", "mail", 5))
    assert (before.n, before.acknowledged, before.resolved, before.open, before.unmatched) == (4, 1, 2, 1, 0)
    assert (after.n, after.acknowledged, after.resolved, after.open, after.unmatched) == (1, 1, 0, 0, 2)


def test_a_side_without_incidents_has_no_figures():
    before, after = sides([], waits("10A"))
    assert (before.n, before.median_s, before.soon) == (0, None, None)
    assert (after.n, after.median_s, after.soon, after.unmatched) == (0, None, None, 1)


@given(st.lists(SECONDS, min_size=1, max_size=40))
def test_without_anything_cut_off_the_median_is_the_usual_one(seconds):
    found = curve_of([Wait("shop", n, each) for n, each in enumerate(seconds)])
    assert median_s(found) == median_low(seconds)


@given(WAITS)
def test_the_share_still_waiting_only_falls_and_stays_a_share(found):
    shares = [1.0, *(share for _, share in curve_of(found))]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


@given(WAITS, WAITS)
def test_a_stratum_weighs_the_same_on_both_sides(before, after):
    own, other = (strata(each, [1] * len(each)) for each in (before, after))
    one, another = weights(own, other), weights(other, own)
    for stratum in own.keys() | other.keys():
        weight = own.get(stratum, 0) * one.get(stratum, 0)
        assert weight == pytest.approx(other.get(stratum, 0) * another.get(stratum, 0))


@given(WAITS, WAITS, st.randoms(use_true_random=False))
def test_the_order_of_the_incidents_does_not_matter(before, after, random: Random):
    expected = effect(before, after, minute=3, since=SINCE, most_draws=50)
    mixed = random.sample(before, len(before)), random.sample(after, len(after))
    assert effect(*mixed, minute=3, since=SINCE, most_draws=50) == expected


@given(WAITS, WAITS)
def test_exchanging_before_and_since_exchanges_the_figures(before, after):
    assert sides(after, before) == sides(before, after)[::-1]


@given(WAITS, WAITS, st.sampled_from("ARO"))
def test_incidents_without_a_like_on_the_other_side_move_nothing(before, after, end):
    lonely = [Wait("new service", 1, 5.0, ENDS[end])] * 3
    alone, with_them = sides(before, after), sides(before, after + lonely)
    assert with_them[0] == alone[0]
    assert with_them[1].unmatched == alone[1].unmatched + 3
    assert (with_them[1].n, with_them[1].median_s) == (alone[1].n, alone[1].median_s)
