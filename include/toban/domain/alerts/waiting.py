"""Whether the first mention of an alert may wait, and until when; in doubt it does not."""

from datetime import datetime

from toban.domain.alerts.nouns import Form, Incident, Status, Thread
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.rounds import FIRST_LEVEL
from toban.domain.triage.verdict import is_high


def is_to_be_judged(incident: Incident, thread: Thread, policy: CallPolicy, now: datetime) -> bool:
    """Whether a verdict decides about its first mention, rather than that the head mentions."""
    new = thread.form is Form.OWN and (thread.round.number, thread.round.level) == (0, FIRST_LEVEL)
    until = end_of_wait(incident, policy)
    if until is None or not (policy.rings and new and _asks(incident)):
        return False
    return now < until and not policy.quiet_at(now, low=incident.low)


def end_of_wait(incident: Incident, policy: CallPolicy) -> datetime | None:
    """The whole minute, as people read it, to which the mention may wait at most; None where it may not."""
    if policy.transients_wait is None:
        return None
    return (incident.created_at + policy.transients_wait).replace(second=0, microsecond=0)


def waits_until(incident: Incident, thread: Thread, now: datetime) -> datetime | None:
    """When the mention comes that waits now; None where none waits."""
    at = thread.mention_at
    waits = at is not None and now < at and thread.round.number == 0 and _asks(incident)
    return at if waits else None


def reminds_from(incident: Incident, thread: Thread) -> datetime | None:
    """What reminders of the first mention count from, where it waited."""
    return None if thread.round.number or is_high(incident.priority) else thread.mention_at


def _asks(incident: Incident) -> bool:
    asks = incident.status is Status.TRIGGERED and bool(incident.assigned)
    return asks and not is_high(incident.priority)
