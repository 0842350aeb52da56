"""How often the right runbook comes first."""

import pytest

from runbook_library import library
from runbook_samples import runbook
from toban.domain.runbooks.search.evaluation import Pair, evaluate

INDEX = library().index


def pair(name: str, summary: str, *right: str, granularity: str = "alert") -> Pair:
    return Pair(name or summary, name, summary, "", granularity, right)


def test_figures_count_first_places_first_threes_and_reciprocal_ranks():
    pairs = [
        pair("NodeClockSkew", "", "nodes/NodeClockSkew"),
        pair("NodeClockSkew", "disk full", "disk-full", "certificates"),
        pair("", "Replication lag", "nowhere"),
    ]
    figures = evaluate(pairs, INDEX)
    assert figures == {
        "alert": {"n": 3, "hit_at_1": 0.3333, "hit_at_3": 0.6667, "mrr": 0.5},
        "service": {"n": 0, "hit_at_1": None, "hit_at_3": None, "mrr": None},
    }


def test_without_the_name_the_text_alone_counts():
    named = [pair("NodeClockSkew", "something is odd", "nodes/NodeClockSkew")]
    assert evaluate(named, INDEX)["alert"]["hit_at_1"] == 1
    assert evaluate(named, INDEX, named=False)["alert"]["hit_at_1"] == 0


def test_rules_of_people_come_before_what_is_found_by_text():
    ruled = (runbook("certificates", "clock"),)
    pairs = [pair("", "NodeClockSkew", "certificates")]
    assert evaluate(pairs, INDEX)["alert"]["hit_at_1"] == 0
    assert evaluate(pairs, INDEX, ruled)["alert"]["hit_at_1"] == 1


def test_others_confirmations_help_and_the_alerts_own_are_left_out():
    asked = pair("QueueGrows", "orders wait", "replication", granularity="service")
    others = [
        pair(name, "orders wait", "replication", granularity="service")
        for name in ("QueueStands", "QueueEnds")
    ]
    assert evaluate([asked], INDEX, confirmed=[asked])["service"]["mrr"] == 0
    assert evaluate([asked], INDEX, confirmed=[asked, *others])["service"]["hit_at_1"] == 1


@pytest.mark.parametrize(
    "own",
    [
        Pair("1", "Renamed", "in other words", "", "service", ("replication",)),
        Pair("2", "QueueGrows", "in other words", "", "service", ("replication",)),
        Pair("3", "", "orders wait", "", "service", ("replication",)),
    ],
    ids=["row", "name", "text"],
)
def test_an_alert_is_known_again_by_its_row_its_name_or_its_text(own):
    asked = Pair("1", "QueueGrows", "orders wait", "", "service", ("replication",))
    for named in (True, False):
        assert evaluate([asked], INDEX, confirmed=[own], named=named)["service"]["mrr"] == 0
