"""What deserves a look: runbooks that chance would choose between, and old, unused or lonely ones."""

from datetime import date

import pytest

from runbook_samples import runbook
from toban.domain.runbooks.nouns import AlertText, PastAlert
from toban.domain.runbooks.review import review

TODAY = date(2026, 11, 25)


def found(*runbooks, past=(), days=180):
    problems = review(runbooks, [PastAlert(alert, 3) for alert in past], TODAY, days)
    return [(each.level, each.kind, each.file) for each in problems if each.kind != "missing-version"]


def test_runbooks_that_ask_for_different_things_are_well():
    assert found(runbook("a", "disk full"), runbook("b", "cpu")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (runbook("a", "disk full"), runbook("b", "Disk_Full", "cpu")),
        (runbook("a", patterns=("x+",)), runbook("b", patterns=("x+",))),
        (runbook("a", "x y", services=("P1", "P2")), runbook("b", "x y", services=("P2", "P3"))),
        (runbook("a", "disk full now", patterns=("disk",)), runbook("b", patterns=("full",))),
    ],
)
def test_two_that_are_equally_good_for_the_same_words_are_an_error_once(one, other):
    assert found(one, other) == [("error", "ambiguous", "a.md")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (runbook("a", "disk full"), runbook("b", "disk full", services=("P1",))),
        (runbook("a", "disk full", tools=("Datadog",)), runbook("b", "disk full", tools=("Zabbix",))),
    ],
)
def test_a_service_or_tool_tells_them_apart(one, other):
    assert found(one, other) == []


def test_an_alert_that_fired_may_show_what_the_rules_do_not():
    one, other = runbook("a", "disk slow"), runbook("b", "cpu slow")
    past = [AlertText("disk slow"), AlertText("cpu slow"), AlertText("cpu slow or disk slow")]
    assert found(one, other, past=past) == []  # the longer phrase decides
    other = runbook("b", "tape slow")
    past = [AlertText("tape slow and disk slow")]
    assert found(one, other, past=past) == [("warning", "ambiguous", "a.md")]


def test_the_alert_and_how_often_it_fired_are_told():
    one, other = runbook("a", "disk slow"), runbook("b", "tape slow")
    problems = review([one, other], [PastAlert(AlertText("tape slow, disk slow"), 3)], TODAY, 180)
    assert problems[0].text == (
        "is as good as b for 'tape slow, disk slow' (3 times); make the rules of one narrower."
    )


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        (date(2026, 5, 29), []),
        (date(2026, 5, 28), [("warning", "stale", "a.md")]),
        (date(2026, 11, 26), []),
        (date(2026, 11, 27), [("error", "invalid", "a.md")]),
    ],
)
def test_a_runbook_is_stale_after_its_days_and_never_from_the_future(reviewed, expected):
    assert found(runbook("a", "x", reviewed=reviewed)) == expected


def test_a_runbook_no_alert_met_is_unused_only_where_alerts_are_known():
    lonely = runbook("a", "x")
    assert found(lonely) == []
    assert found(lonely, past=[AlertText("y")]) == [("warning", "unused", "a.md")]
    assert found(lonely, past=[AlertText("x")]) == []


def test_a_missing_language_is_told_by_the_name_of_its_file():
    (problem,) = review([runbook("a", "x")], [], TODAY, 180)
    assert (problem.kind, problem.level) == ("missing-version", "warning")
    assert "a.ja.md" in problem.text
