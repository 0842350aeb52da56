"""What is missing now for one incident: the whole of calling, reminding and escalating as one function.

Nothing here remembers anything: PagerDuty says what is so, the ledger says what was said and done. So a
pass that was killed, came late or ran twice leads to the same end.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.alerts import keys
from toban.domain.alerts.actions import Action, Ask, Call, Escalate, Exhausted, Open, Remind, Unmanned
from toban.domain.alerts.levels import Levels, current_level, everybody, first_manned, next_level
from toban.domain.alerts.nouns import Form, Incident, Status, Thread
from toban.domain.alerts.policy import CallPolicy
from toban.domain.people import Person

# PagerDuty is about to escalate by itself: one level is climbed, not two. Overdue by more, it does not.
IMMINENT = timedelta(seconds=60)
OVERDUE = timedelta(seconds=120)


@dataclass(frozen=True)
class Said:
    """What the ledger holds: the thread, and the keys of what stands in Slack about the incident."""

    thread: Thread
    keys: Collection[str]

    def has(self, key: str) -> bool:
        """Whether that was said."""
        return key in self.keys


def next_actions(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> tuple[Action, ...]:
    """What to do about the incident now, most urgent first. The thread's round must be up to date.

    ``levels`` may be empty unless `wants_levels`.
    """
    return (*_head(incident, said, policy, now), *_calls(incident, said, levels, policy, now))


def wants_levels(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> bool:
    """Whether who is on call matters for what to do now: it costs a call to PagerDuty."""
    asks = _asks_somebody(incident, said, policy)
    return asks and (not incident.assigned or _escalation_is_due(incident, said, policy, now))


def _head(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> Iterator[Action]:
    key = keys.head(incident.id)
    if said.thread.form is Form.OWN and not said.has(key):
        first = said.thread.round.number == 0
        rings = first and _asks_somebody(incident, said, policy) and _rang_at_once(incident, said, policy)
        yield Open(key, rings and not policy.quiet_at(now, low=incident.low))


def _calls(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    if not policy.rings or policy.quiet_at(now, low=incident.low):
        return
    if incident.status is Status.ACKNOWLEDGED:
        yield from _question(incident, said, policy, now)
    elif _asks_somebody(incident, said, policy):
        if said.thread.form is Form.OWN:  # a group is called and reminded as one
            yield from _own_calls(incident, said, levels, policy, now)
        if not incident.assigned or _escalation_is_due(incident, said, policy, now):
            yield from _escalation(incident, said, levels, policy)


def _asks_somebody(incident: Incident, said: Said, policy: CallPolicy) -> bool:
    """Whether the incident waits for a person who may be rung for it."""
    listed = said.thread.form is Form.LIST and said.thread.round.number == 0
    return policy.rings and incident.status is Status.TRIGGERED and not listed


def _start(incident: Incident, said: Said, policy: CallPolicy) -> datetime:
    """When the round's call was due; its clock runs from there."""
    return policy.rings_from(said.thread.round.seen_at, low=incident.low)


def _rang_at_once(incident: Incident, said: Said, policy: CallPolicy) -> bool:
    return _start(incident, said, policy) == said.thread.round.seen_at


def _own_calls(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    current = said.thread.round
    first = _unmanned(incident, said, levels) if not incident.assigned else _called(incident, said, policy)
    if first is not None:
        yield first
        return
    waited = now - _start(incident, said, policy)
    number = policy.reminders_due(waited)
    reminder = keys.reminder(incident.id, current.number, number)
    if number > 0 and said.thread.silenced_round != current.number and not said.has(reminder):
        yield Remind(reminder, incident.assigned or _lowest(levels), waited)


def _called(incident: Incident, said: Said, policy: CallPolicy) -> Action | None:
    """The round's call, unless it was made or stands in the head."""
    current = said.thread.round
    in_head = current.number == 0 and _rang_at_once(incident, said, policy)
    call = keys.call(incident.id, current.number)
    return None if in_head or said.has(call) else Call(call, incident.assigned)


def _unmanned(incident: Incident, said: Said, levels: Levels) -> Action | None:
    """Nobody is asked at all: the lowest level with somebody on call is called instead, at once."""
    key = keys.unmanned(incident.id, said.thread.round.number)
    if said.has(key):
        return None
    manned = first_manned(levels)
    return Unmanned(key, None if manned is None else manned - 1, _lowest(levels))


def _lowest(levels: Levels) -> tuple[Person, ...]:
    manned = first_manned(levels)
    return () if manned is None else levels[manned]


def _escalation_is_due(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> bool:
    if not policy.acts or policy.escalate_after is None:
        return False
    if now - _start(incident, said, policy) < policy.escalate_after:
        return False
    done = (keys.joined, keys.exhausted)
    if any(said.has(key(incident.id, said.thread.round.number)) for key in done):
        return False
    return not about_to_escalate(incident, now)


def about_to_escalate(incident: Incident, now: datetime) -> bool:
    """Whether PagerDuty does it by itself any moment."""
    at = incident.escalates_at
    return at is not None and now - OVERDUE <= at <= now + IMMINENT


def _escalation(incident: Incident, said: Said, levels: Levels, policy: CallPolicy) -> Iterator[Action]:
    current = said.thread.round
    joined = keys.joined(incident.id, current.number)
    if not policy.acts or policy.escalate_after is None or said.has(joined):
        return
    level = current_level(current.asked, levels, current.level or 1) if incident.assigned else 0
    above = next_level(level, levels, current.asked if incident.assigned else ())
    if above is not None:
        yield Escalate(joined, above, levels[above], level)
    elif incident.assigned and said.thread.form is Form.OWN:
        yield Exhausted(keys.exhausted(incident.id, current.number), level, everybody(levels))


def _question(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> Iterator[Action]:
    touched = said.thread.touched_at
    sleeps = incident.wakes_at is not None and incident.wakes_at > now  # PagerDuty will ask by itself
    if policy.ask_after is None or said.thread.form is not Form.OWN or sleeps:
        return
    number = (now - touched) // policy.ask_after
    key = keys.question(incident.id, touched, number)
    if number > 0 and not said.has(key):
        yield Ask(key, incident.acknowledged_by or incident.assigned, now - touched)
