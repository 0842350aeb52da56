"""The warehouse as an alert pass asks it: one snapshot a pass, opened for its first alert."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.triage.nouns import Asked
from toban.errors import NoSnapshot
from toban.jobs.triage_alert import Triage, triage_alert


class PassTriage:
    """Answers until it is closed; before the first publication it has nothing to say."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._open = ExitStack()
        self._snapshot: Snapshot | None = None

    def __enter__(self) -> Callable[[Asked, datetime], Triage | None]:
        return self._ask

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _ask(self, asked: Asked, now: datetime) -> Triage | None:
        try:
            if self._snapshot is None:
                self._snapshot = self._open.enter_context(self._warehouse.read())
        except NoSnapshot:
            return None
        return triage_alert(self._snapshot, asked, now)
