"""The warehouse as an alert pass asks it: one snapshot a pass, opened for its first alert."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from typing import Self

from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.alerts.nouns import Thread
from toban.domain.runbooks.drafts.nouns import Material
from toban.domain.runbooks.search.finding import Library
from toban.domain.triage.nouns import Asked
from toban.domain.triage.template import template
from toban.errors import NoSnapshot, WarehouseError
from toban.jobs.draft_runbook import draft_runbook
from toban.jobs.triage_alert import Triage, triage_alert


class PassTriage:
    """Answers until it is closed; before the first publication it has nothing to say."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._open = ExitStack()
        self._snapshot: Snapshot | None = None
        # One thread asks everything: whoever waits for it can give up, and DuckDB serves one at a time.
        self._asking = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()
        self._asking.shutdown(cancel_futures=True)
        self._open.close()

    def __call__(self, asked: Asked, now: datetime, within_s: float | None = None) -> Triage | None:
        """What is known of the alert; raises WarehouseError, also where it takes longer than ``within_s``."""
        asking = self._asking.submit(self._triage, asked, now)
        try:
            return asking.result(within_s)
        except TimeoutError:
            asking.cancel()
            self._give_up()
            raise WarehouseError(f"Triage took longer than {within_s:g} s.") from None

    def material(self, thread: Thread, library: Library, now: datetime) -> Material | None:
        """What a runbook for the thread's alert is drafted from; raises UsageError and WarehouseError."""
        return self._asking.submit(self._material, thread, library, now).result()

    def _triage(self, asked: Asked, now: datetime) -> Triage | None:
        snapshot = self._opened()
        return triage_alert(snapshot, asked, now) if snapshot else None

    def _material(self, thread: Thread, library: Library, now: datetime) -> Material | None:
        snapshot = self._opened()
        if snapshot is None:
            return None
        return draft_runbook(snapshot, template(thread.title), library, now, thread.alert.body)

    def _give_up(self) -> None:
        """End the query that runs, if one does."""
        if self._snapshot is not None:
            self._snapshot.connection.interrupt()

    def _opened(self) -> Snapshot | None:
        try:
            if self._snapshot is None:
                self._snapshot = self._open.enter_context(self._warehouse.read())
        except NoSnapshot:
            return None
        return self._snapshot
