"""What every section works with: the published snapshots, the settings, the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from toban.clients.warehouse import SharedSnapshots
from toban.settings import Settings
from toban.web.insights.filters import Filters, OwnTeam, read_filters


@dataclass(frozen=True)
class Desk:
    """``now`` gives the moment, UTC; ``teams`` are those of the settings, by id."""

    snapshots: SharedSnapshots
    settings: Settings
    now: Callable[[], datetime]
    teams: Mapping[str, OwnTeam]

    def filters(self, request: Request) -> Filters:
        """The filters in the address; raises UsageError."""
        return read_filters(request.query_params, self.now(), self.settings.reporting, self.teams)
