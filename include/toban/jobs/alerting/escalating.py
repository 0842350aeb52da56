"""What Toban does in PagerDuty when nobody answers; it reads the incident again first."""

import logging
from datetime import datetime

from toban.clients.pagerduty import alerting, writes
from toban.domain.alerts.actions import Escalate, Unmanned
from toban.domain.alerts.calls import joined_message, unmanned_message
from toban.domain.alerts.escalation import about_to_escalate
from toban.domain.alerts.keys import unmanned
from toban.domain.alerts.nouns import Incident, Status
from toban.errors import PagerDutyRefused
from toban.jobs.alerting import heads
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.saying import say_in_thread, subject_text
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)


def escalate(tools: Tools, case: Case, action: Escalate, at: datetime) -> bool:
    """Bring the next level in, the way the team chose. The round that follows calls them in Slack."""
    now = alerting.incident(tools.pagerduty, case.incident.id)
    if not _still_waits(now, case, at):
        log.info("incident %s moved meanwhile; nothing is escalated", now.number)
        return False
    try:
        if case.desk.policy.escalate_by == "responders":
            return _ask_to_join(tools, case, action)
        if now.low or case.desk.policy.escalate_by == "reassign":
            _reassign(tools, case, action)
        else:
            _climb(tools, case, action)
    except PagerDutyRefused:  # such as a key that may only read: then the next level hears of it here alone
        _say_joined(tools, case, action)
        raise
    if action.level - action.from_level > 1:
        _say_unmanned(tools, case, action)
    return True


def _still_waits(now: Incident, case: Case, at: datetime) -> bool:
    same = {one.id for one in now.assigned} == set(case.thread.round.asked)
    return now.status is Status.TRIGGERED and same and not about_to_escalate(now, at)


def _climb(tools: Tools, case: Case, action: Escalate) -> None:
    try:
        writes.escalate(tools.pagerduty, case.incident.id, action.level)
    except PagerDutyRefused as error:
        if error.code != writes.CANNOT_ESCALATE:
            raise
        _reassign(tools, case, action)


def _reassign(tools: Tools, case: Case, action: Escalate) -> None:
    writes.reassign(tools.pagerduty, case.incident.id, [one.id for one in action.people])


def _ask_to_join(tools: Tools, case: Case, action: Escalate) -> bool:
    """Ask those who were not asked yet: a pass that was killed in between must not ring them twice."""
    asked = alerting.responders(tools.pagerduty, case.incident.id)
    missing = [one.id for one in action.people if one.id not in asked]
    text = case.desk.say.text("Nobody has acknowledged; please join.")
    requester = writes.user_by_email(tools.pagerduty, tools.settings.pagerduty.from_email or "")
    if missing and requester is not None:
        writes.request_responders(tools.pagerduty, case.incident.id, requester.id, missing, text)
    return _say_joined(tools, case, action) or bool(missing)


def _say_unmanned(tools: Tools, case: Case, action: Escalate) -> None:
    """Levels with nobody on call were passed over; who is called instead is rung by the call that follows."""
    speech = case.desk.speech({})
    skipped = Unmanned(unmanned(case.incident.id, case.thread.round.number), action.level - 1, action.people)
    say_in_thread(tools, case, skipped.key, unmanned_message(skipped, subject_text(case, speech), speech))


def _say_joined(tools: Tools, case: Case, action: Escalate) -> bool:
    speech = heads.speech(tools, case.desk, action.people)
    message = joined_message(action.level, subject_text(case, speech), speech.rung(action.people), speech)
    return say_in_thread(tools, case, action.key, message)
