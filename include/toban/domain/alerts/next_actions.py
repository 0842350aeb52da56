"""What is missing now for one incident: the whole of calling, reminding and escalating as one function.

Nothing here remembers anything: PagerDuty says what is so, the ledger says what was said and done. So a
pass that was killed, came late or ran twice leads to the same end.
"""

from collections.abc import Iterator
from datetime import datetime

from toban.domain.alerts import keys
from toban.domain.alerts.actions import Action, Ask, Call, Open, Remind, Unmanned
from toban.domain.alerts.escalation import escalation, may_be_due
from toban.domain.alerts.levels import Levels, first_manned
from toban.domain.alerts.nouns import Form, Incident, Status
from toban.domain.alerts.policy import CallPolicy
from toban.domain.alerts.said import Said, called_from, reminded_from
from toban.domain.alerts.waiting import waits_until
from toban.domain.people import Person

ASKED_AT_MOST = 3  # who does not answer by then has another reason


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
    return asks and (not incident.assigned or may_be_due(incident, said, policy, now))


def _head(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> Iterator[Action]:
    key = keys.head(incident.id)
    if said.thread.form is Form.OWN and not said.has(key):
        # Said late, after an outage of Slack's, it is old news; a reminder follows if it still waits.
        first = said.thread.round.number == 0 and now - said.thread.round.seen_at <= policy.fresh
        rings = first and _asks_somebody(incident, said, policy) and _rings_in_head(incident, said, policy)
        yield Open(key, rings and not policy.quiet_at(now, low=incident.low))


def _calls(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    if not policy.rings or policy.quiet_at(now, low=incident.low):
        return
    if incident.status is Status.ACKNOWLEDGED:
        yield from _question(incident, said, policy, now)
    elif _asks_somebody(incident, said, policy):
        # A group is called and reminded as one; in a thread that has no head yet, nothing is said.
        if said.thread.form is Form.OWN and said.has(keys.head(incident.id)):
            yield from _own_calls(incident, said, levels, policy, now)
        yield from escalation(incident, said, levels, policy, now)


def _asks_somebody(incident: Incident, said: Said, policy: CallPolicy) -> bool:
    """Whether the incident waits for a person who may be rung for it."""
    listed = said.thread.form is Form.LIST and said.thread.round.number == 0
    return policy.rings and incident.status is Status.TRIGGERED and not listed


def _rings_in_head(incident: Incident, said: Said, policy: CallPolicy) -> bool:
    at_once = called_from(incident, said, policy) == said.thread.round.seen_at
    return at_once and said.thread.mention_at is None


def _own_calls(
    incident: Incident, said: Said, levels: Levels, policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    current = said.thread.round
    first = _called(incident, said, policy, now) if incident.assigned else _unmanned(incident, said, levels)
    if first is not None:
        yield first
        return
    waited = now - called_from(incident, said, policy)
    number = policy.reminders_due(now - reminded_from(incident, said, policy))
    reminder = keys.reminder(incident.id, current.number, number)
    if number > 0 and said.thread.silenced_round != current.number and not said.has(reminder):
        yield Remind(reminder, incident.assigned or _lowest(levels), waited)


def _called(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> Action | None:
    """The round's call, unless it was made, stands in the head, or waits."""
    current = said.thread.round
    in_head = current.number == 0 and _rings_in_head(incident, said, policy)
    call = keys.call(incident.id, current.number)
    if in_head or said.has(call) or waits_until(incident, said.thread, now):
        return None
    return Call(call, incident.assigned)


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


def _question(incident: Incident, said: Said, policy: CallPolicy, now: datetime) -> Iterator[Action]:
    touched = said.thread.touched_at
    sleeps = incident.wakes_at is not None and incident.wakes_at > now  # PagerDuty will ask by itself
    if policy.ask_after is None or said.thread.form is not Form.OWN or sleeps:
        return
    number = (now - touched) // policy.ask_after
    key = keys.question(incident.id, touched, number)
    if 0 < number <= ASKED_AT_MOST and not said.has(key):
        yield Ask(key, incident.acknowledged_by or incident.assigned, now - touched)
