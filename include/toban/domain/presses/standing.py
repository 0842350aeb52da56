"""Whether what was asked for is so already, and what the person is told about it."""

from dataclasses import dataclass
from datetime import datetime

from toban.domain.alerts.nouns import Status, Thread
from toban.domain.language import Language
from toban.domain.message import bold
from toban.domain.people import Person
from toban.domain.presses.nouns import Action, Answer, Outcome, Press


@dataclass(frozen=True)
class Standing:
    """The incident in PagerDuty right before acting. ``changed_by`` is who gave it its status.

    ``wakes_at`` is when its acknowledgement ends by itself.
    """

    status: Status
    low: bool
    policy_id: str
    assigned: tuple[str, ...] = ()
    acknowledged_by: tuple[Person, ...] = ()
    changed_by: Person | None = None
    wakes_at: datetime | None = None


def objection(
    press: Press, standing: Standing, thread: Thread, person: Person, say: Language
) -> Answer | None:
    """Why it is not to be carried out; None where it is.

    What this person began and a killed pass left without a record is done, not "already".
    """
    if standing.status is Status.RESOLVED:
        return _over(press, standing, person, say)
    if standing.status is Status.ACKNOWLEDGED and press.action in {Action.ACKNOWLEDGE, Action.ESCALATE}:
        return _taken(press, standing, person, say)
    if press.action is Action.ESCALATE:
        return _no_escalation(press, standing, thread, say)
    return None


def _over(press: Press, standing: Standing, person: Person, say: Language) -> Answer | None:
    if press.action in {Action.NOTE, Action.DRAFT_NOTE}:
        return None  # PagerDuty takes notes about what is over
    by = standing.changed_by
    if press.action is Action.RESOLVE and press.begun_at and by and by.id == person.id:
        return Answer(Outcome.DONE)
    if by is None:
        return Answer(Outcome.ALREADY, say.text("It is resolved already."))
    name = bold(by.name)
    return Answer(Outcome.ALREADY, say.text("{name} has resolved it already.", name=name))


def _taken(press: Press, standing: Standing, person: Person, say: Language) -> Answer:
    mine = any(one.id == person.id for one in standing.acknowledged_by)
    if press.action is Action.ACKNOWLEDGE and press.begun_at and mine:
        return Answer(Outcome.DONE)
    names = ", ".join(bold(one.name) for one in standing.acknowledged_by)
    if not names:
        return Answer(Outcome.ALREADY, say.text("It is acknowledged already."))
    return Answer(Outcome.ALREADY, say.text("{name} has acknowledged it already.", name=names))


def _no_escalation(press: Press, standing: Standing, thread: Thread, say: Language) -> Answer | None:
    if standing.low:
        return Answer(Outcome.FAILED, say.text("PagerDuty does not escalate incidents of low urgency."))
    if press.round != thread.round.number or set(standing.assigned) != set(thread.round.asked):
        return escalated_since(press, say)
    return None


def escalated_since(press: Press, say: Language) -> Answer:
    """Others are asked than those the person saw: one level is climbed, not two."""
    if press.begun_at:
        return Answer(Outcome.DONE)
    return Answer(Outcome.ALREADY, say.text("Meanwhile others have been asked: it was not escalated again."))
