"""One incident as it unfolds: what set it off, how it stands, and the events so far."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from toban.sandbox.history.company import Person, Policy, Service, Team
from toban.sandbox.history.references import Ref
from toban.sandbox.history.sources import AlertKind

Stay = Literal["triggered", "acknowledged", "snoozed"]


class Event(NamedTuple):
    """Something that happened; `more` goes onto the wire, `means` tells the snapshot what changed."""

    at: datetime
    kind: str
    agent: Ref
    channel: dict[str, Any]
    more: dict[str, Any]
    means: dict[str, Any]


@dataclass(eq=False)
class Arrival:
    """An alert that opens an incident; `stay` keeps it in that state beyond the end of the history."""

    at: datetime
    team: Team
    service: Service
    alert: AlertKind
    host: str
    title: str
    key: str
    extra_alerts: int = 0
    storm_head: "Arrival | None" = None
    heads_storm: bool = False
    stay: Stay | None = None


class Ending(NamedTuple):
    """How an incident ends unless somebody resolves it before."""

    at: datetime
    how: Literal["integration", "timeout", "merge"]


@dataclass(eq=False)
class Case:
    arrival: Arrival
    urgency: Literal["high", "low"]
    policy: Policy
    priority: Ref | None = None
    ending: Ending | None = None
    events: list[Event] = field(default_factory=list)
    deadlines: list[tuple[datetime, str, datetime]] = field(default_factory=list)  # known at, action, due at
    people: list[Person] = field(default_factory=list)
    level: int = 0
    loops_left: int = 0
    exhausted: bool = False
    direct: bool = False  # assigned by hand to a person, past the policy
    fixed_at: datetime | None = None
    first_acknowledged: tuple[datetime, Person] | None = None
    merged_into: "Case | None" = None
    resolved_at: datetime | None = None

    @property
    def service_ref(self) -> Ref:
        return self.arrival.service.ref

    def log(
        self,
        at: datetime,
        kind: str,
        agent: Ref,
        channel: str | dict[str, Any],
        means: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        """Add an event; a channel given by name is `{"type": name}`."""
        shape = {"type": channel} if isinstance(channel, str) else channel
        self.events.append(Event(at.replace(microsecond=0), kind, agent, shape, more, means or {}))

    def comes_back(self) -> timedelta | None:
        """How long an acknowledgement lasts on this service."""
        seconds = self.arrival.service.source.ack_timeout_s
        return timedelta(seconds=seconds) if seconds else None
