"""Which alerts have no runbook, and which runbooks deserve a look, by what fired and what people said."""

from datetime import datetime, timedelta

from toban.clients.ledger import Ledger
from toban.clients.runbook_fired import read_fired
from toban.clients.runbook_library import REMEMBERED
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.coverage import Gap, gaps
from toban.domain.runbooks.nouns import RunbookShelf


def cover_runbooks(
    shelf: RunbookShelf,
    snapshot: Snapshot,
    ledger: Ledger,
    now: datetime,
    *,
    looked_back: timedelta,
    stale_after_days: int,
) -> list[Gap]:
    """The gaps of the time looked back on, with all remembered opinions.

    Raises WarehouseError and LedgerError.
    """
    fired = read_fired(snapshot, now - looked_back)
    said = ledger.opinions.about_runbooks(now - REMEMBERED)
    return gaps(shelf.runbooks, fired, said, now.date(), stale_after_days)
