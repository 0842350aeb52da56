"""Which alerts have no runbook, and which runbooks deserve a look."""

from datetime import date

from runbook_samples import runbook
from toban.domain.runbooks.coverage import Fired, gaps
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.memory import Confirmed

TODAY = date(2026, 11, 28)
DISK = runbook("disk", "disk full")


def fired(template: str, incidents: int, night_calls: int = 0, service: str | None = "shop") -> Fired:
    return Fired(template, AlertText(template, service_name=service), incidents, night_calls)


def said(helped: int, wrong: int) -> list[Confirmed]:
    return [Confirmed(AlertText("x"), "disk", helped=at < helped) for at in range(helped + wrong)]


def found(*those: Fired, runbooks=(DISK,), votes=(), days=365):
    return [(each.kind, each.name) for each in gaps(runbooks, those, votes, TODAY, days)]


def test_alerts_without_a_runbook_come_by_calls_at_night_then_by_incidents():
    disk = fired("disk full", 99, 99)
    assert found(fired("a", 5), fired("b", 9), fired("c", 1, night_calls=2), disk) == [
        ("missing", "c"), ("missing", "b"), ("missing", "a"),
    ]  # fmt: skip


def test_a_template_of_several_services_is_one_gap_with_sums():
    rows = [fired("a", 5, 1, "mail"), fired("a", 9, 2, "shop"), fired("a", 1, 0, None)]
    (gap,) = gaps([], rows, [], TODAY, 365)
    assert (gap.services, gap.incidents, gap.night_calls) == (("shop", "mail"), 15, 3)


def test_a_runbook_is_wrong_when_that_was_said_as_often_as_that_it_helped():
    disk = fired("disk full", 3, 2)
    assert found(disk, votes=said(helped=1, wrong=1)) == [("wrong", "disk")]
    assert found(disk, votes=said(helped=2, wrong=1)) == []
    (gap,) = gaps([DISK], [disk], said(0, 4), TODAY, 365)
    assert (gap.incidents, gap.night_calls, gap.helped, gap.wrong) == (3, 2, 0, 4)


def test_stale_is_what_was_reviewed_too_long_ago():
    assert found(fired("disk full", 1), days=27) == []
    assert found(fired("disk full", 1), days=26) == [("stale", "disk")]


def test_unused_is_what_no_incident_met_where_any_fired():
    assert found(fired("other", 1)) == [("missing", "other"), ("unused", "disk")]
    assert found() == []


def test_a_second_runbook_of_an_alert_is_used_too_but_counts_no_incident():
    narrow = runbook("narrow", "disk full", services=("shop",))
    assert found(fired("disk full", 1), runbooks=(DISK, narrow)) == []


def test_a_runbook_that_only_text_search_finds_can_be_judged_wrong_too():
    votes = [Confirmed(AlertText("x"), "tape", helped=False), *said(1, 0)]
    (gap,) = gaps([DISK], [fired("disk full", 1)], votes, TODAY, 365)
    assert (gap.kind, gap.name, gap.wrong, gap.reviewed) == ("wrong", "tape", 1, None)
    helped = Confirmed(AlertText("x"), "tape", helped=True)
    assert gaps([DISK], [fired("disk full", 1)], [*votes, helped, helped], TODAY, 365) == []
