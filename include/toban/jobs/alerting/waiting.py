"""The first mention of an alert, where a verdict decides: said first, judged then, within a second."""

import logging
from dataclasses import replace
from datetime import datetime

from toban.domain.alerts import keys
from toban.domain.alerts.actions import Call, Open
from toban.domain.alerts.nouns import Status
from toban.domain.alerts.waiting import end_of_wait
from toban.domain.triage.nouns import Verdict
from toban.errors import SlackError
from toban.jobs.alerting import heads, reading, saying
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)

LONGEST_S = 1.0  # a verdict that takes longer decides nothing


def say_and_judge(tools: Tools, case: Case, head: Open, at: datetime) -> bool:
    """Say the head without a mention; then mention, unless the alert likely resolves by itself.

    A pass that is killed in between leaves a mention that is due at once.
    """
    saying.say(tools, case, head, at)
    incident = case.incident
    if incident.status is not Status.TRIGGERED or not incident.assigned:
        return True
    until = end_of_wait(incident, case.desk.policy)
    if until is None or until <= tools.clock() or not _is_likely_transient(tools, case, at):
        return saying.say(tools, case, Call(keys.call(incident.id, 0), incident.assigned), at)
    tools.ledger.threads.wait(incident.id, until, now=at)
    _show(tools, replace(case, thread=replace(case.thread, mention_at=until)), at)
    return True


def _show(tools: Tools, case: Case, at: datetime) -> None:
    """An edit that Slack does not take now is made in a later round, and holds up no mention of others."""
    try:
        heads.update(tools, case, at)
    except SlackError as error:
        log.warning("%s", error)


def _is_likely_transient(tools: Tools, case: Case, at: datetime) -> bool:
    found = reading.read(tools, case, at, within_s=LONGEST_S)
    return found is not None and found.judgement.verdict is Verdict.BY_ITSELF
