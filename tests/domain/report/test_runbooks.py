"""What the weekly report says of runbooks: few harmless lines, or nothing."""

from datetime import date

from report_samples import report
from toban.domain.report.runbooks import runbook_texts
from toban.domain.report.thread import thread_messages
from toban.domain.runbooks.coverage import Gap, GapKind
from toban.locale import language

EN, JA = language("en"), language("ja")
SECTION = 3_000  # characters, Slack's limit


def missing(name: str, incidents: int, nights: int = 0, services: tuple[str, ...] = ("shop",)) -> Gap:
    return Gap(GapKind.MISSING, name, services, incidents, nights)


WRONG = Gap(GapKind.WRONG, "queue", ("shop",), 4, 0, helped=1, wrong=2)
STALE = Gap(GapKind.STALE, "disk", ("shop",), 7, 1, reviewed=date(2025, 1, 2))


def lines(*gaps: Gap) -> list[str]:
    return "\n".join(runbook_texts(gaps, EN)).splitlines()


def test_the_three_most_frequent_alerts_without_a_runbook_have_a_line_each() -> None:
    found = lines(
        missing("b", 2, 9), missing("a", 5), missing("d", 3), missing("Job <name> took <n>% longer", 9, 4, ())
    )
    assert found == [
        "*Runbooks*",
        "• no runbook: Job … took …% longer (–) × 9 · night calls 4",
        "• no runbook: a (shop) × 5",
        "• no runbook: d (shop) × 3",
    ]


def test_an_alert_that_came_once_is_worth_a_line_where_it_woke_somebody() -> None:
    assert lines(missing("a", 1), missing("b", 1, 1)) == [
        "*Runbooks*",
        "• no runbook: b (shop) × 1 · night calls 1",
    ]


def test_runbooks_that_were_judged_wrong_or_are_stale_and_needed_are_named() -> None:
    unused = Gap(GapKind.UNUSED, "tape", (), 0, 0)
    stale_unneeded = Gap(GapKind.STALE, "tape", (), 0, 0, reviewed=date(2020, 1, 1))
    assert lines(WRONG, STALE, stale_unneeded, unused) == [
        "*Runbooks*",
        "• judged wrong: queue (2 of 3 answers)",
        "• stale: disk, reviewed 2025-01-02, met by 7 incidents",
    ]


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert runbook_texts([], EN) == []
    assert not any("Runbooks" in str(part.blocks) for part in thread_messages(report(), EN))


def test_it_is_part_of_the_thread_which_has_as_many_messages_as_ever() -> None:
    with_gaps = thread_messages(report(gaps=(WRONG,)), JA)
    assert len(with_gaps) == len(thread_messages(report(), JA)) == 3
    assert "合わないという評価: queue(3件の回答のうち2件)" in str(with_gaps[1].blocks)


def test_endless_hostile_names_stay_short_and_ring_nobody() -> None:
    name = "<!channel> *x* \n" + "名" * 5_000
    gaps = [missing(name + str(n), 9, 9, (name,) * 9) for n in range(9)]
    (text,) = runbook_texts(gaps, EN)
    assert len(text) < SECTION
    assert "<!channel>" not in text
    assert len(text.splitlines()) == 4
