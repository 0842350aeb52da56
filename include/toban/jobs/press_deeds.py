"""Carries out one press in PagerDuty, in the person's own name, after a look at how the incident stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.clients.pagerduty import PagerDuty, writes
from toban.clients.pagerduty import standing as looks
from toban.domain.alerts.levels import current_level, next_level
from toban.domain.alerts.nouns import Thread
from toban.domain.language import Language
from toban.domain.people import Person
from toban.domain.presses.nouns import Action, Answer, Choice, Outcome, Press
from toban.domain.presses.snoozing import same_end, snoozed_until
from toban.domain.presses.standing import Standing, escalated_since, objection
from toban.errors import PagerDutyRefused

DONE = Answer(Outcome.DONE)
FIRST_LEVEL = 1


@dataclass(frozen=True)
class Deed:
    """A press with all that carrying it out needs; the zone and the language are the team's."""

    press: Press
    thread: Thread
    person: Person
    zone: ZoneInfo
    say: Language
    now: datetime

    @property
    def incident_id(self) -> str:
        """The thread's: a shortcut's press does not know it."""
        return self.thread.incident_id


def carry_out(pagerduty: PagerDuty, deed: Deed) -> Answer:
    """Do it, unless it is so already. Raises PagerDutyRefused, PagerDutyUnavailable: perhaps it was done."""
    try:
        standing = looks.standing(pagerduty, deed.incident_id)
        found = objection(deed.press, standing, deed.thread, deed.person, deed.say)
        return found or DEEDS[deed.press.action](pagerduty, deed, standing)
    except PagerDutyRefused as error:
        if error.code == writes.ALREADY_RESOLVED:
            return Answer(Outcome.ALREADY, deed.say.text("It is resolved already."))
        if error.code == writes.ALREADY_ACKNOWLEDGED:
            return DONE  # by this very person: PagerDuty takes several
        raise


def _acknowledge(pagerduty: PagerDuty, deed: Deed, _standing: Standing) -> Answer:
    writes.acknowledge(pagerduty, deed.incident_id, as_user=deed.person.email)
    return DONE


def _resolve(pagerduty: PagerDuty, deed: Deed, _standing: Standing) -> Answer:
    writes.resolve(pagerduty, deed.incident_id, as_user=deed.person.email)
    return DONE


def _escalate(pagerduty: PagerDuty, deed: Deed, standing: Standing) -> Answer:
    """To the next level with somebody on call, by its number: twice the same is one step."""
    asked = deed.thread.round
    if looks.was_escalated(pagerduty, deed.incident_id, max(asked.at, asked.seen_at)):
        return escalated_since(deed.press, deed.say)
    levels = looks.levels_now(pagerduty, standing.policy_id, deed.now)
    level = next_level(current_level(standing.assigned, levels, asked.level or FIRST_LEVEL), levels)
    if level is None:
        return Answer(Outcome.FAILED, deed.say.text("Nobody is on call at a higher level."))
    writes.escalate(pagerduty, deed.incident_id, level, as_user=deed.person.email)
    return DONE


def _snooze(pagerduty: PagerDuty, deed: Deed, standing: Standing) -> Answer:
    until = snoozed_until(Choice(deed.press.text("choice")), deed.press.received_at, deed.zone)
    if same_end(standing.wakes_at, until):
        return DONE
    seconds = max(1, round((until - deed.now).total_seconds()))
    writes.snooze(pagerduty, deed.incident_id, seconds, as_user=deed.person.email)
    return DONE


def _note(pagerduty: PagerDuty, deed: Deed, _standing: Standing) -> Answer:
    text, since = deed.press.text("text"), deed.press.received_at
    began = deed.press.begun_at is not None
    if began and looks.was_noted(pagerduty, deed.incident_id, text, deed.person.id, since):
        return DONE
    writes.add_note(pagerduty, deed.incident_id, text, as_user=deed.person.email)
    return DONE


DEEDS: Mapping[Action, Callable[[PagerDuty, Deed, Standing], Answer]] = {
    Action.ACKNOWLEDGE: _acknowledge,
    Action.RESOLVE: _resolve,
    Action.ESCALATE: _escalate,
    Action.SNOOZE: _snooze,
    Action.NOTE: _note,
    Action.DRAFT_NOTE: _note,
}
