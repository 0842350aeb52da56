"""Whether the next level is to be brought in, and which one that is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from toban.domain.alerts import keys
from toban.domain.alerts.actions import Action, Escalate, Exhausted
from toban.domain.alerts.levels import Levels, current_level, everybody, next_level
from toban.domain.alerts.nouns import Form, Incident
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.said import Said, called_from

# PagerDuty is about to escalate by itself: one level is climbed, not two. Overdue by more, it does not.
IMMINENT = timedelta(seconds=60)
OVERDUE = timedelta(seconds=120)


def may_be_due(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> bool:
    """Whether those asked had their minutes; who is on call decides about the rest."""
    if not policy.acts or policy.escalate_after is None or about_to_escalate(incident, now):
        return False
    if said.has(keys.exhausted(incident.id, said.thread.round.number)):
        return False
    return not incident.assigned or now - called_from(incident, said, policy) >= policy.escalate_after


def about_to_escalate(incident: Incident, now: datetime) -> bool:
    """Whether PagerDuty does it by itself any moment."""
    at = incident.escalates_at
    return at is not None and now - OVERDUE <= at <= now + IMMINENT


def escalation(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    """Bring in the next level that has somebody who is not asked yet; one level for each waiting time.

    Usually a round ends with it. Where people were asked to join, the round goes on, and so does the count.
    """
    if not may_be_due(incident, said, policy, now) or policy.escalate_after is None:
        return
    current = said.thread.round
    joined = [level for level in levels if said.has(keys.joined(incident.id, current.number, level))]
    waits = (now - called_from(incident, said, policy)) // policy.escalate_after
    if len(joined) >= (waits if incident.assigned else 1):
        return
    level = current_level(current.asked, levels, current.level or 1) if incident.assigned else 0
    level = max([level, *joined])
    above = next_level(level, levels, current.asked if incident.assigned else ())
    if above is not None:
        yield Escalate(keys.joined(incident.id, current.number, above), above, levels[above], level)
    elif incident.assigned and said.thread.form is Form.OWN:
        yield Exhausted(keys.exhausted(incident.id, current.number), level, everybody(levels))
