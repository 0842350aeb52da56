"""Runbooks for a process that stays: read again when a file or an opinion has changed, else at hand."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from toban.clients.ledger import Ledger
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_index import read_index
from toban.clients.runbook_library import REMEMBERED
from toban.clients.runbook_pages import page_paths
from toban.domain.runbooks.matching import Matcher
from toban.domain.runbooks.nouns import AlertText, RunbookMatch, RunbookShelf
from toban.domain.runbooks.search.finding import Library
from toban.domain.runbooks.search.index import Index
from toban.domain.runbooks.search.memory import Confirmed, Memory
from toban.errors import LedgerError, SettingsError

log = logging.getLogger(__name__)
Stamp = tuple[tuple[str, int, int], ...]


class WarmRunbooks:
    """Of one directory and one ledger; threads may ask at the same time. Holds one state of each."""

    def __init__(self, directory: Path, ledger: Callable[[], Ledger]) -> None:
        self._directory, self._open_ledger = directory, ledger
        self._lock = Lock()
        self._ledger: Ledger | None = None
        self._stamp: Stamp | None = None
        self._shelf = RunbookShelf(())
        self._matcher = _remembering(self._shelf)
        self._index: Index | None = None
        self._memory = Memory()

    def shelf(self) -> RunbookShelf:
        """The runbooks with people's rules, as the files are now."""
        with self._lock:
            return self._current()

    def matcher(self) -> Callable[[AlertText], Sequence[RunbookMatch]]:
        """What people's rules give for an alert, as the files are now; the last 10,000 are remembered."""
        with self._lock:
            self._current()
            return self._matcher

    def library(self, now: datetime) -> Library:
        """Everything a runbook is found by; without opinions where the ledger cannot be asked."""
        said = self.said(now)
        with self._lock:
            shelf = self._current()
            if self._index is None:
                self._index = read_index(self._directory)
            if said != list(self._memory.confirmed):
                self._memory = Memory(said)
            return Library(shelf.runbooks, self._index, self._memory)

    def said(self, now: datetime, team_id: str | None = None) -> list[Confirmed]:
        """Opinions that are remembered, of all or one team; none where the ledger cannot be asked."""
        try:
            if self._ledger is None:
                self._ledger = self._open_ledger()
            return self._ledger.opinions.about_runbooks(now - REMEMBERED, team_id)
        except (LedgerError, SettingsError) as error:
            log.warning("runbooks are found without people's opinions: %s", error)
            return []

    def _current(self) -> RunbookShelf:
        stamp = _stamp(self._directory)
        if stamp != self._stamp:
            self._stamp, self._shelf, self._index = stamp, load_runbooks(self._directory), None
            self._matcher = _remembering(self._shelf)
        return self._shelf


def _remembering(shelf: RunbookShelf) -> Callable[[AlertText], Sequence[RunbookMatch]]:
    return lru_cache(10_000)(Matcher(shelf.runbooks))


def _stamp(directory: Path) -> Stamp:
    """Each file with its time and size: an edit changes one of them."""
    found = []
    for path in page_paths(directory):
        try:
            state = path.stat()
        except OSError:
            continue  # gone meanwhile, or a link to nothing
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(sorted(found))
