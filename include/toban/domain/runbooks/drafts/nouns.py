"""What a draft is made of. All texts are others' and hostile until quoted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.triage.nouns import Past


@dataclass(frozen=True)
class Seen:
    """A template's incidents of all services: names of services and tools, the most frequent first.

    ``service_id`` (empty where unknown) and ``service`` are of the newest. ``median`` is of how long
    those that ended took; None where none has.
    """

    template: str
    newest_title: str
    service_id: str
    service: str | None
    services: tuple[str, ...]
    tools: tuple[str, ...]
    incidents: int
    by_themselves: int
    first: datetime
    last: datetime
    median: timedelta | None


@dataclass(frozen=True)
class Near:
    """A runbook that is there already and may be near: its title and its file."""

    title: str
    file: str


@dataclass(frozen=True)
class Material:
    """The alert, past incidents like it (those that tell most first), and the nearest runbooks.

    ``details`` is what the monitoring tool said with it the last time; empty where that is not known.
    """

    seen: Seen
    past: tuple[Past, ...]
    near: tuple[Near, ...]
    details: str = ""
