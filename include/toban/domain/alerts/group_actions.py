"""What is missing now for a group of incidents: it is announced, called for and reminded of as one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from toban.domain.alerts import keys
from toban.domain.alerts.actions import Action, Ask, Call, Open, Part, Remind
from toban.domain.alerts.levels import unique
from toban.domain.alerts.nouns import Form, Incident, Status, Thread
from toban.domain.alerts.policy import CallPolicy
from toban.domain.people import Person

# A storm rings again for what joins it, once in so long.
RINGS_AGAIN = timedelta(minutes=3)
Members = Sequence[tuple[Incident, Thread]]


def next_group_actions(
    root: str,
    group: Sequence[Thread],
    incidents: Mapping[str, Incident],
    said: Collection[str],
    policy: CallPolicy,
    now: datetime,
) -> tuple[Action, ...]:
    """What to do about the group now, most urgent first.

    ``group`` has all its threads, ``incidents`` those that are open, ``said`` the keys of what stands in
    Slack about it.
    """
    members = [(incidents[one.incident_id], one) for one in group if one.incident_id in incidents]
    return (
        *_texts(root, group, said, rings=policy.rings and bool(waiting(members, policy, now))),
        *_calls(root, members, said, policy, now),
        *_question(root, members, said, policy, now),
    )


def asked(members: Members) -> tuple[Person, ...]:
    """Everybody who is asked in the group now, each once."""
    return unique(person for incident, _ in members for person in incident.assigned)


def waiting(members: Members, policy: CallPolicy, now: datetime) -> Members:
    """The members that wait for somebody who may be rung now; the first round of a list rings nobody."""
    return [
        (incident, thread)
        for incident, thread in members
        if incident.status is Status.TRIGGERED
        and not (thread.form is Form.LIST and thread.round.number == 0)
        and not policy.quiet_at(now, low=incident.low)
    ]


def _texts(root: str, group: Sequence[Thread], said: Collection[str], *, rings: bool) -> Iterator[Action]:
    if root not in said:
        yield Open(root, rings)
    for number in sorted({thread.part for thread in group} - {0}):
        if part_key(root, number) not in said:
            yield Part(part_key(root, number), number)


def part_key(root: str, number: int) -> str:
    """The key of the message that names the members of that part."""
    return f"part:{root}:{number}"


def _calls(
    root: str, members: Members, said: Collection[str], policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    """A call where a later round began, then reminders, for as long as any member waits."""
    waits = waiting(members, policy, now)
    if not policy.rings or not waits or root not in said:
        return
    latest = max(thread.round.number for _, thread in waits)
    called = [(one, thread.round.seen_at) for one, thread in waits if thread.round.number == latest]
    seen = min(seen_at for _, seen_at in called)
    start = min(policy.rings_from(seen_at, low=one.low) for one, seen_at in called)
    call = keys.call(root, latest)
    if latest == 0 and start == seen:  # the head rang; what joined long after it rings again
        window = (max(seen_at for _, seen_at in called) - seen) // RINGS_AGAIN
        call = keys.joiners(root, window) if window else root
    if call not in said:
        yield Call(call, asked(waits))
        return
    number = policy.reminders_due(now - start)
    reminder = keys.reminder(root, latest, number)
    if number > 0 and reminder not in said:
        yield Remind(reminder, asked(waits), now - start)


def _question(
    root: str, members: Members, said: Collection[str], policy: CallPolicy, now: datetime
) -> Iterator[Action]:
    taken = [
        (incident, thread)
        for incident, thread in members
        if incident.status is Status.ACKNOWLEDGED and (incident.wakes_at is None or incident.wakes_at <= now)
    ]
    if not policy.rings or policy.ask_after is None or not taken:
        return
    touched = max(thread.touched_at for _, thread in taken)
    number = (now - touched) // policy.ask_after
    key = keys.question(root, touched, number)
    if number > 0 and key not in said:
        yield Ask(
            key, unique(one for incident, _ in taken for one in incident.acknowledged_by), now - touched
        )
