"""Everything a runbook can be found by: people's rules, the files' texts, the buttons' answers."""

from datetime import datetime, timedelta
from pathlib import Path

from toban.clients.ledger import Ledger
from toban.clients.runbook_index import read_index
from toban.domain.runbooks.nouns import RunbookShelf
from toban.domain.runbooks.search.finding import Library
from toban.domain.runbooks.search.memory import Memory

REMEMBERED = timedelta(days=730)  # what was said of a runbook longer ago was said of another text


def runbook_library(directory: Path, shelf: RunbookShelf, ledger: Ledger, now: datetime) -> Library:
    """Reads all files and what was said of them; about a second for 1,000 runbooks. Raises LedgerError."""
    said = ledger.opinions.about_runbooks(now - REMEMBERED)
    return Library(shelf.runbooks, read_index(directory), Memory(said))
