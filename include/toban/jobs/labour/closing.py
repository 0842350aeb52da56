"""What people answer to a month, kept; and the manager's answer, which closes it."""

from datetime import datetime

from toban.clients.ledger import Ledger
from toban.domain.labour.answers import Answer, Word
from toban.domain.labour.closing import Settlement
from toban.domain.labour.figures import fingerprint
from toban.errors import UsageError
from toban.jobs.labour.month import LabourReport


def answer_for(
    report: LabourReport, ledger: Ledger, person_id: str, by: str, why: str | None, now: datetime
) -> None:
    """Keep what a person said elsewhere: that the figures are right or, with ``why``, that they are not.

    Raises UsageError for somebody who has no figures in the month, or when it is closed; LedgerError.
    """
    team_id, month = report.team_id, report.period.name
    if report.closing:
        raise UsageError(f"{month} is closed; what is wrong in it becomes a difference by a correction.")
    own = report.figures.get(person_id)
    if own is None:
        known = ", ".join(report.figures) or "nobody"
        raise UsageError(f"{person_id!r} has no figures in {month}; those who have: {known}.")
    word = Word.DISPUTED if why else Word.CONFIRMED
    ledger.labour.answer(Answer(team_id, month, word, by, now, fingerprint(own), person_id, why))


def close_month(ledger: Ledger, team_id: str, settlement: Settlement, by: str, now: datetime) -> bool:
    """Approve and close the month; False where it was closed before. Raises LedgerError."""
    book, month = ledger.labour, settlement.month
    if book.closings.of(team_id, month):
        return False
    at = max([now, *(one.at for one in book.answers(team_id, month))])  # nothing said is left out of it
    book.answer(Answer(team_id, month, Word.APPROVED, by, at, settlement.fingerprint))
    return book.closings.close(team_id, settlement, by, now=at)
