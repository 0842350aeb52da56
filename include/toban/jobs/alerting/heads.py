"""The messages that head threads: rendered from what is so, and edited where they show something else."""

from collections.abc import Iterable
from datetime import datetime

from toban.clients.acts import content_hash
from toban.domain.alerts.group_actions import asked, waiting
from toban.domain.alerts.group_message import group_message
from toban.domain.alerts.message import head_message
from toban.domain.alerts.nouns import Incident, Thread
from toban.domain.alerts.speech import Speech
from toban.domain.alerts.waiting import waits_until
from toban.domain.message import Message
from toban.domain.people import Person
from toban.domain.presses.buttons import button_blocks
from toban.jobs.alerting.cases import Case, Group
from toban.jobs.alerting.desk import Desk
from toban.jobs.alerting.tools import Tools


def head(tools: Tools, subject: Case | Group, *, rings: bool, at: datetime) -> Message:
    """The head as it must read now; with ``rings`` it mentions those who are asked."""
    if isinstance(subject, Group):
        members = [
            (subject.incidents[one.incident_id], one)
            for one in subject.threads
            if one.incident_id in subject.incidents
        ]
        people = asked(waiting(members, subject.desk.policy, at))
        return group_message(subject.threads, people, speech(tools, subject.desk, people), rings=rings)
    incident, thread, desk = subject.incident, subject.thread, subject.desk
    waits = waits_until(incident, thread, at)
    rings = rings and waits is None
    spoken = speech(tools, desk, incident.assigned if rings else ())
    buttons = _buttons(incident, thread, desk)
    return head_message(incident, thread, spoken, rings=rings, waits=waits, buttons=buttons)


def differs(tools: Tools, subject: Case | Group, at: datetime) -> bool:
    """Whether what stands in Slack shows something else than what is so."""
    said = subject.said.get(subject.thread.root)
    return said is not None and said.content_hash != content_hash(_now(tools, subject, at))


def update(tools: Tools, subject: Case | Group, at: datetime) -> bool:
    """Edit it; an edit rings nobody."""
    tools.messenger.correct(subject.thread.root, _now(tools, subject, at))
    return True


def speech(tools: Tools, desk: Desk, people: Iterable[Person]) -> Speech:
    """How to speak at that desk, with the mentions of these people where it may ring."""
    if not desk.policy.rings:
        return desk.speech({})
    return desk.speech({one.id: tools.places.mention(one) for one in people})


def _now(tools: Tools, subject: Case | Group, at: datetime) -> Message:
    policy = subject.desk.policy
    low = isinstance(subject, Case) and subject.incident.low
    return head(tools, subject, rings=policy.rings and not policy.quiet_at(at, low=low), at=at)


def _buttons(incident: Incident, thread: Thread, desk: Desk) -> tuple[dict[str, object], ...]:
    if not desk.buttons:
        return ()
    found = thread.runbook_id is not None
    return button_blocks(incident, thread, acts=desk.policy.acts, runbook=found, say=desk.say)
