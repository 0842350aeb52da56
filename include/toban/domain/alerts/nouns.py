"""An incident as PagerDuty has it now, what happened in it, and what Toban holds of it.

Moments are aware and in UTC; PagerDuty's have whole seconds, so two events may share one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from toban.domain.people import Person


class Status(StrEnum):
    """Where an incident stands."""

    TRIGGERED = "triggered"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Form(StrEnum):
    """How an incident stands in Slack."""

    OWN = "own"  # a message of its own heads its thread
    STORM = "storm"  # one of many in one message, which rang once
    LIST = "list"  # one of those too old to ring for, in one message without a mention


@dataclass(frozen=True)
class Reference:
    """Another incident, as PagerDuty points to it: its number and title, where it says them, and its page."""

    label: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Incident:
    """What PagerDuty says now; ``assigned`` and what tells of acknowledgements are empty once it is resolved.

    ``escalates_at`` is when PagerDuty will escalate by itself, ``wakes_at`` when an acknowledgement or a
    snooze runs out; ``merged_into`` is the incident that took this one over, ``resolved_by`` is None where no
    person did it. Texts are as they came: hostile until escaped.
    """

    id: str
    number: int
    title: str
    status: Status
    urgency: str
    created_at: datetime
    service_id: str
    service_name: str
    policy_id: str
    policy_name: str
    url: str | None = None
    priority: str | None = None
    team_ids: tuple[str, ...] = ()
    assigned: tuple[Person, ...] = ()
    acknowledged_by: tuple[Person, ...] = ()
    resolved_at: datetime | None = None
    alert_count: int = 1
    escalates_at: datetime | None = None
    wakes_at: datetime | None = None
    merged_into: Reference | None = None
    acknowledged_at: datetime | None = None
    resolved_by: Person | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody may still have to do something."""
        return self.status is not Status.RESOLVED

    @property
    def low(self) -> bool:
        """Low urgency: PagerDuty neither escalates it nor lets others do so."""
        return self.urgency == "low"


class Kind(StrEnum):
    """What happened, in PagerDuty's words for its log entries."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    UNACKNOWLEDGE = "unacknowledge"
    ESCALATE = "escalate"
    ASSIGN = "assign"
    DELEGATE = "delegate"
    SNOOZE = "snooze"
    ANNOTATE = "annotate"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    URGENCY = "urgency_change"
    PRIORITY = "priority_change"
    RESPONDERS = "responder_request"
    OTHER = "other"


# After these an incident that is triggered asks somebody anew.
ASKING_ANEW = frozenset({Kind.UNACKNOWLEDGE, Kind.ESCALATE, Kind.REOPEN, Kind.DELEGATE})


@dataclass(frozen=True)
class Event:
    """A log entry. ``by`` is None where no person did it; ``channel`` is PagerDuty's word for how.

    ``text`` is a note's text, or PagerDuty's own sentence for kinds that have no words of ours.
    """

    id: str
    incident_id: str
    kind: Kind
    at: datetime
    by: Person | None = None
    channel: str = ""
    to: tuple[Person, ...] = ()
    text: str = ""
    until: datetime | None = None

    @property
    def by_timeout(self) -> bool:
        """Whether a clock did it: neither a person nor a monitoring tool."""
        return self.by is None and self.channel in {"timeout", "auto"}


@dataclass(frozen=True)
class Alert:
    """What the monitoring tool said when the incident began; known where its log entry was seen."""

    tool: str | None = None
    severity: str | None = None
    body: str = ""


@dataclass(frozen=True)
class Round:
    """Who is asked, and since when. ``seen_at`` is when Toban saw it: reminders count from there.

    ``number`` is 0 for the first call and grows with each time that somebody is asked anew; ``level`` is
    that of the escalation policy, at least, where it is known.
    """

    number: int
    at: datetime
    seen_at: datetime
    asked: tuple[str, ...]
    level: int | None = None


@dataclass(frozen=True)
class Thread:
    """What Toban holds of an incident; ``root`` is the key of the message that heads its thread.

    ``part`` says which message of a group names it, 0 being the head. ``touched_at`` is when somebody last
    did something in it. ``mention_at`` is None where the head mentions; else the first mention is a message
    of its own, due from then on.
    """

    incident_id: str
    team_id: str | None
    channel: str
    root: str
    form: Form
    part: int
    title: str
    number: int
    status: Status
    round: Round
    seen_at: datetime
    touched_at: datetime
    alert: Alert = Alert()
    runbook_id: str | None = None
    silenced_round: int | None = None
    closed_at: datetime | None = None
    service_id: str | None = None
    service: str | None = None
    mention_at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """A line that a thread got or shall get; lines with one ``message`` (a key) are said together.

    ``key`` names what happened, ``root`` is the thread's; ``text`` is Slack's markup, escaped.
    """

    key: str
    incident_id: str
    root: str
    message: str
    text: str


@dataclass(frozen=True)
class Note:
    """A note on an incident as it reads now; ``updated_at`` is ``created_at`` until somebody edits it."""

    id: str
    by: Person | None
    content: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Change:
    """A change event of a service: what was changed, and where it was said from."""

    at: datetime
    summary: str
    source: str
    url: str | None = None
