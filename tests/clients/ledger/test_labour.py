"""Corrections, answers and closed months: added, never changed, the same on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toban.clients.ledger import Ledger
from toban.domain.labour.answers import Answer, Word
from toban.domain.labour.closing import Settlement
from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.labour.sheets.table import Table
from toban.domain.spans import Span

NOW = datetime(2026, 12, 1, 1, 2, 3, 456_789, UTC)
HOUR = timedelta(hours=1)
CORRECTION = Correction(
    "U1:20261124T160000Z", Verdict.CHANGE, "田中", NOW, "slept\x00", Span(NOW - HOUR, NOW)
)
TABLE = Table("Month", ("Name", "Hours", "Pay"), (("田中", 1.5, None), ("=B", 2, 3)))
NOVEMBER = Settlement("2026-11", {"U2": {"calls": 2, "pay": "0.10"}, "U1": {"calls": 1, "pay": ""}}, (TABLE,))


def test_a_correction_comes_back_as_it_was_said(ledger: Ledger) -> None:
    assert ledger.labour.correct("pay", [CORRECTION], now=NOW) == 1
    (found,) = ledger.labour.corrections("pay")
    assert found == replace(CORRECTION, why="slept")
    assert ledger.labour.corrections("shop") == []


def test_the_same_correction_is_kept_once_and_a_later_one_beside_it(ledger: Ledger) -> None:
    later = replace(CORRECTION, verdict=Verdict.WITHDRAW, span=None, at=NOW + HOUR)
    ledger.labour.correct("pay", [CORRECTION], now=NOW)
    assert ledger.labour.correct("pay", [later, CORRECTION, later], now=NOW + 2 * HOUR) == 1
    assert [one.verdict for one in ledger.labour.corrections("pay")] == [Verdict.CHANGE, Verdict.WITHDRAW]


def test_answers_are_kept_in_the_order_in_which_they_were_given(ledger: Ledger) -> None:
    answers = [
        Answer("pay", "2026-11", word, "Ben", NOW + n * HOUR, "f" * 16, "U1", why)
        for n, (word, why) in enumerate(
            [(Word.CONFIRMED, None), (Word.DISPUTED, "x"), (Word.CONFIRMED, None)]
        )
    ]
    for answer in (*reversed(answers), answers[0]):
        ledger.labour.answer(answer)
    assert ledger.labour.answers("pay", "2026-11") == answers
    assert ledger.labour.answers("pay", "2026-10") == []


def test_a_month_is_closed_once_and_stays(ledger: Ledger) -> None:
    closings = ledger.labour.closings
    assert closings.close("pay", NOVEMBER, "Ben", now=NOW)
    assert not closings.close("pay", replace(NOVEMBER, figures={}), "Ann", now=NOW + HOUR)
    closing = closings.of("pay", "2026-11")
    assert closing is not None
    assert (closing.by, closing.at, closing.tables) == ("Ben", NOW, (TABLE,))
    assert (closing.figures, list(closing.figures)) == (NOVEMBER.figures, ["U2", "U1"])
    assert closings.of("shop", "2026-11") is None


def test_a_later_closing_settles_anew_beside_what_was_settled(ledger: Ledger) -> None:
    closings = ledger.labour.closings
    closings.close("pay", NOVEMBER, "Ben", now=NOW)
    changed = {"U1": {"calls": 5}}
    closings.close("pay", Settlement("2026-12", {}, (TABLE,), {"2026-11": changed}), "Ben", now=NOW + HOUR)
    assert closings.settled("pay", "2026-11") == changed
    assert closings.settled("pay", "2026-11", before="2026-12") == NOVEMBER.figures
    closing = closings.of("pay", "2026-11")
    assert closing is not None
    assert closing.figures == NOVEMBER.figures
    assert closings.settled("pay", "2026-10") is None


def test_a_proposal_comes_back_with_the_same_fingerprint_and_the_last_one_counts(ledger: Ledger) -> None:
    closings = ledger.labour.closings
    assert closings.proposed("pay", "2026-11") is None
    closings.propose("pay", replace(NOVEMBER, figures={}), now=NOW)
    closings.propose("pay", NOVEMBER, now=NOW + HOUR)
    found = closings.proposed("pay", "2026-11")
    assert found is not None
    assert (found.fingerprint, found.tables, list(found.figures)) == (
        NOVEMBER.fingerprint,
        NOVEMBER.tables,
        ["U2", "U1"],
    )
