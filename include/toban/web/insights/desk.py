"""What every section works with: the published snapshots, the settings, the clock."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from toban.clients.insights.overview import read_choices, read_responders
from toban.clients.warehouse import SharedSnapshots, Snapshot
from toban.settings import Settings
from toban.web.insights.filters import RESPONDER, Filters, OwnTeam, read_filters
from toban.web.insights.visitors import persons_only, visitor_of


@dataclass(frozen=True)
class Desk:
    """``now`` gives the moment, UTC; ``teams`` are those of the settings, by id."""

    snapshots: SharedSnapshots
    settings: Settings
    now: Callable[[], datetime]
    teams: Mapping[str, OwnTeam]

    def filters(self, request: Request) -> Filters:
        """The filters in the address; raises UsageError, and HTTPException 403 for persons not to be seen."""
        filters = read_filters(request.query_params, self.now(), self.settings.reporting, self.teams)
        if filters.choice.responders:
            persons_only(request)
        return filters

    def read(self, request: Request) -> AbstractContextManager[Snapshot]:
        """The snapshot that knows the incidents asked for: the restricted one where persons are chosen."""
        return self.snapshots.read(restricted=bool(self.filters(request).choice.responders))

    def choices(self, request: Request) -> dict[str, list[tuple[str, str]]]:
        """What the visitor can choose from in each filter: ids and names."""
        with self.snapshots.read() as snapshot:
            found = read_choices(snapshot)
        if visitor_of(request).sees_persons:
            with self.snapshots.read(restricted=True) as snapshot:
                found[RESPONDER] = read_responders(snapshot)
        return found
