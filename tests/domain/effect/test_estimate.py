"""The verdict and its interval, on made-up histories whose true effect is known."""

from math import log
from random import Random
from statistics import median_low

import pytest

from effect_samples import SINCE, simulated, waits
from toban.domain.effect.estimate import FEWEST, FEWEST_OCCASIONS, effect
from toban.domain.effect.interval import FEWEST_DRAWS, affordable, draws
from toban.domain.effect.nouns import Verdict, Wait

HISTORIES = 60
# Of 60 intervals that each hold the truth 95 times in 100, fewer than 53 do in one of 50 tries.
HOLD_THE_TRUTH = 53
SERVICES = (("shop", 0.5), ("mail", 2.0))


def compare(before, after, most_draws=200):
    return effect(before, after, minute=3, since=SINCE, most_draws=most_draws)


def spread_out(n, mean_s=300.0, seed=1):
    return simulated(Random(seed), n, mean_s, watched_s=10**9)


def test_the_interval_holds_the_true_effect_about_95_times_in_100():
    truth_s = log(2) * (180 - 540)
    found = [
        compare(simulated(random, 70, 540), simulated(random, 60, 180)).median_change_s
        for random in map(Random, range(HISTORIES))
    ]
    held = sum(each.low <= truth_s <= each.high for each in found)
    assert held >= HOLD_THE_TRUTH
    assert sum(each.high < 0 for each in found) > HISTORIES / 2  # and it is narrow enough to see the effect


def test_without_an_effect_a_change_of_services_is_not_taken_for_one():
    """Since the day most incidents are of the quick service: the plain medians fall, nobody became faster."""
    verdicts, plain = [], []
    for random in map(Random, range(HISTORIES)):
        before = simulated(random, 70, 540, strata=SERVICES)
        after = simulated(random, 90, 540, strata=(*SERVICES[:1] * 4, SERVICES[1]))
        verdicts.append(compare(before, after).verdict)
        plain.append(median_low(w.further_s for w in after) - median_low(w.further_s for w in before))
    assert verdicts.count(Verdict.UNCLEAR) >= HOLD_THE_TRUTH
    assert sum(each < 0 for each in plain) >= HOLD_THE_TRUTH


def test_storms_do_not_make_chance_look_certain():
    """Five incidents that one person answers at one pace are not five witnesses."""
    verdicts = [
        compare(simulated(random, 150, 400, storms=True), simulated(random, 150, 400, storms=True)).verdict
        for random in map(Random, range(HISTORIES))
    ]
    assert verdicts.count(Verdict.UNCLEAR) >= HOLD_THE_TRUTH


def test_slower_is_said_as_well_as_faster():
    quick, slow = spread_out(80, 60.0), spread_out(80, 900.0, seed=2)
    assert compare(slow, quick).verdict is Verdict.FASTER
    assert compare(quick, slow).verdict is Verdict.SLOWER


@pytest.mark.parametrize(("n", "other"), [(FEWEST - 1, 200), (200, FEWEST - 1), (0, 0)])
def test_below_thirty_on_either_side_there_is_no_verdict(n, other):
    found = compare(spread_out(n), spread_out(other, 30.0))
    assert found.verdict is Verdict.TOO_FEW
    assert (found.median_change_s, found.soon_change) == (None, None)
    assert (found.before.n, found.after.n) == ((n, other) if n else (0, 0))


def test_from_thirty_on_both_sides_there_is_one():
    assert compare(spread_out(FEWEST), spread_out(FEWEST, 30.0)).verdict is Verdict.FASTER


def test_incidents_without_a_like_do_not_count_towards_the_thirty():
    after = spread_out(FEWEST - 1, 30.0) + waits("1A " * 100, "a new service", first=1000)
    assert compare(spread_out(200), after).verdict is Verdict.TOO_FEW


def test_a_few_storms_are_too_alike_for_a_verdict():
    storm = [Wait("shop", n % (FEWEST_OCCASIONS - 1), float(n)) for n in range(200)]
    assert compare(spread_out(200), storm).verdict is Verdict.TOO_ALIKE
    assert compare(storm, spread_out(200)).verdict is Verdict.TOO_ALIKE


def test_a_single_like_that_carries_a_whole_stratum_is_too_alike():
    before = waits("60A " * 200, "shop") + waits("60A", "mail", first=500)
    after = waits("60A", "shop") + waits("60A " * 200, "mail", first=500)
    assert compare(before, after).verdict is Verdict.TOO_ALIKE


def test_where_most_are_never_acknowledged_the_share_decides():
    before = waits("60A " * 10 + "90R " * 90)
    after = waits("60A " * 45 + "90R " * 55)
    found = compare(before, after)
    assert (found.before.median_s, found.after.median_s, found.median_change_s) == (None, None, None)
    assert found.verdict is Verdict.FASTER
    assert found.soon_change.low > 0
    assert compare(after, before).verdict is Verdict.SLOWER


def test_the_same_data_give_the_same_interval():
    before, after = spread_out(60), spread_out(60, 200.0, seed=2)
    assert compare(before, after) == compare(before, after)


def test_an_occasion_is_drawn_whole():
    storms = [Wait("shop", n // 5, float(n)) for n in range(20)]
    for times, _ in draws(storms, storms, 20):
        assert [times[n : n + 5] for n in range(0, 20, 5)] == [[times[n]] * 5 for n in range(0, 20, 5)]
        assert sum(times) == len(storms)


@pytest.mark.parametrize(("incidents", "expected"), [(60, 333_333), (40_000, 500), (1_000_000, FEWEST_DRAWS)])
def test_a_large_history_is_drawn_less_often_but_often_enough(incidents, expected):
    assert affordable(incidents) == expected


def test_no_more_is_drawn_than_was_asked_for():
    assert len(list(draws(waits("1A"), waits("2A"), 30))) == 30
