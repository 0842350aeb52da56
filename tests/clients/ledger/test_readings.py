"""What threads were told, kept as it was told, on both engines."""

from datetime import timedelta

from clients.ledger.alert_rows import NOW
from toban.clients.ledger import Ledger
from toban.domain.triage.nouns import Verdict
from toban.domain.triage.reading import Reading
from toban.domain.triage.verdict import Reason

TOLD = Reading("Q1", NOW, Verdict.BY_ITSELF, Reason.HISTORY, 0.9375, 31, 33, "2026-11-22", "disk-full", True)


def test_a_reading_is_copied_as_it_was_told(ledger: Ledger) -> None:
    ledger.readings.keep(TOLD)
    assert ledger.copies(NOW)["alert_readings"] == [
        {
            "incident_id": "Q1",
            "said_at": NOW,
            "verdict": "by_itself",
            "reason": "history",
            "probability": 0.9375,
            "like_ended": 31,
            "like_of": 33,
            "model": "2026-11-22",
            "runbook_id": "disk-full",
            "by_rule": True,
        }
    ]


def test_what_is_told_anew_replaces_what_was_not_heard(ledger: Ledger) -> None:
    ledger.readings.keep(TOLD)
    ledger.readings.keep(Reading("Q1", NOW + timedelta(minutes=1)))
    (row,) = ledger.readings.rows(NOW)
    assert (row["verdict"], row["runbook_id"], row["by_rule"]) == (None, None, None)


def test_older_readings_are_not_copied_again(ledger: Ledger) -> None:
    ledger.readings.keep(TOLD)
    assert ledger.readings.rows(NOW + timedelta(seconds=1)) == []
