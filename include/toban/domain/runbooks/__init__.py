"""Which runbook belongs to an alert, and which runbooks deserve a look. Files are read in clients."""

from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText, Runbook, RunbookMatch, RunbookShelf

__all__ = ["AlertText", "Runbook", "RunbookMatch", "RunbookShelf", "match"]
