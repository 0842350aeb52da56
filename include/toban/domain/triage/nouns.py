"""An alert that is asked about, what was before it, and what is concluded. Moments are aware, in UTC."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Whoever is called looks within half an hour; what ends later was somebody's work or should have been.
TRANSIENT = timedelta(minutes=30)


@dataclass(frozen=True)
class Asked:
    """An alert that just came. Texts are hostile until escaped."""

    text: str
    service_id: str
    at: datetime
    low: bool = False
    priority: str | None = None


@dataclass(frozen=True)
class Note:
    """What somebody wrote on an incident."""

    by: str | None
    text: str


@dataclass(frozen=True)
class Past:
    """An incident that has been; ``by_itself``: nobody acted, ``handled_by``: who took or ended it.

    ``needed`` is what people said by the buttons: False, no action was needed; True, the runbook helped.
    """

    id: str
    title: str
    service_id: str
    created_at: datetime
    ended_at: datetime | None
    by_itself: bool
    number: int | None = None
    service: str | None = None
    handled_by: str | None = None
    url: str | None = None
    notes: tuple[Note, ...] = ()
    needed: bool | None = None

    @property
    def took(self) -> timedelta | None:
        """From its beginning to its end; None while it is open."""
        return None if self.ended_at is None else self.ended_at - self.created_at

    @property
    def transient(self) -> bool:
        """What the verdict foresees: it needed nobody, as people said, or else as its course shows."""
        return self.ended_soon if self.needed is None else not self.needed

    @property
    def ended_soon(self) -> bool:
        """Whether its course shows that it ended within TRANSIENT and without anybody."""
        return self.by_itself and self.took is not None and timedelta(0) <= self.took <= TRANSIENT


@dataclass(frozen=True)
class Known:
    """How often a template came in a service."""

    template: str
    service_id: str
    incidents: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Alike:
    """A past incident and how alike its text is [0, 1]."""

    past: Past
    likeness: float


class Verdict(StrEnum):
    """What an alert asks of people."""

    NEEDS_ACTION = "needs_action"
    BY_ITSELF = "by_itself"
    UNSURE = "unsure"


class Frequency(StrEnum):
    """PagerDuty's classes of an alert among the incidents of its service in the last 30 days."""

    FREQUENT = "frequent"
    RARE = "rare"
    ANOMALY = "anomaly"
    USUAL = "usual"  # between the others; PagerDuty has no name for it
