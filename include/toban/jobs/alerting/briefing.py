"""Runbook, recent changes and triage, first in the thread; looked for when the call is out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from toban.clients.pagerduty import alerting
from toban.domain.alerts import keys
from toban.domain.alerts.briefing import RunbookHint, briefing_message
from toban.domain.alerts.message import phone_text
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText, Reason, RunbookMatch
from toban.domain.runbooks.words import address, explained
from toban.jobs.alerting import reading
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.saying import say_in_thread
from toban.jobs.alerting.tools import Tools

CHANGED_WITHIN = timedelta(hours=2)


def say(tools: Tools, case: Case, at: datetime) -> bool:
    """Say what is at hand, and keep which runbook it was: buttons judge it later."""
    found = match(_text(case), tools.shelf().runbooks)
    best = found[0] if found else None
    began = case.incident.created_at
    changes = alerting.changes(tools.pagerduty, case.incident.service_id, began - CHANGED_WITHIN, at)
    hint = _hint(tools, case, best) if best else None
    triage = reading.read(tools, case, at)
    message = briefing_message(hint, changes, triage, case.desk.speech({}), phone_text(case.incident))
    said = say_in_thread(tools, case, keys.briefing(case.incident.id), message)
    if best is not None and case.thread.runbook_id != best.runbook.id:
        tools.ledger.threads.save([replace(case.thread, runbook_id=best.runbook.id)], now=at)
    return said


def _text(case: Case) -> AlertText:
    incident, alert = case.incident, case.thread.alert
    return AlertText(
        title=incident.title,
        body=alert.body,
        service_id=incident.service_id,
        service_name=incident.service_name,
        tool=alert.tool,
        severity=alert.severity,
    )


def _hint(tools: Tools, case: Case, best: RunbookMatch) -> RunbookHint:
    version = best.runbook.version(case.desk.say.code)
    return RunbookHint(
        title=version.title,
        first_step=version.first_step,
        why=case.desk.say.text(", ").join(explained(each, case.desk.say) for each in _shown(best)),
        url=address(best.runbook, case.desk.say.code, tools.settings.runbooks.url),
    )


def _shown(best: RunbookMatch) -> Sequence[Reason]:
    """Reasons that a person reads at night; a regular expression is none where there is any other."""
    return [reason for reason in best.reasons if reason.kind != "pattern"] or best.reasons[:1]
