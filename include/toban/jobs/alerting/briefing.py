"""Runbook, recent changes and triage, first in the thread; looked for when the call is out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from toban.clients.pagerduty import alerting
from toban.domain.alerts import keys
from toban.domain.alerts.briefing import RunbookHint, briefing_message
from toban.domain.alerts.message import phone_text
from toban.domain.language import Language
from toban.domain.message import Block
from toban.domain.presses.drafts import draft_offer
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText, Reason, RunbookMatch
from toban.domain.runbooks.search.finding import Found, find
from toban.domain.runbooks.words import address, explained, explained_find
from toban.domain.triage.reading import reading as what_was_told
from toban.jobs.alerting import reading
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.saying import say_in_thread
from toban.jobs.alerting.tools import Tools
from toban.jobs.draft_runbook import LEAST_INCIDENTS
from toban.jobs.triage_alert import Triage

CHANGED_WITHIN = timedelta(hours=2)
LONGEST_S = 15.0  # triage that takes longer is left out: other alerts wait behind this briefing


class _Offer(NamedTuple):
    runbook_id: str
    hint: RunbookHint


def say(tools: Tools, case: Case, at: datetime) -> bool:
    """Say what is at hand, and keep which runbook it was: buttons judge it later."""
    offer = _offer(tools, case)
    began = case.incident.created_at
    changes = alerting.changes(tools.pagerduty, case.incident.service_id, began - CHANGED_WITHIN, at)
    found = reading.read(tools, case, at, within_s=LONGEST_S)
    message = briefing_message(
        offer.hint if offer else None,
        changes,
        reading.paragraphs(found, case) if found else (),
        case.desk.speech({}),
        phone_text(case.incident),
        () if offer or not found else _draft_offer(case, found),
    )
    _keep(tools, case, offer, found, at)
    said = say_in_thread(tools, case, keys.briefing(case.incident.id), message)
    if offer is not None and case.thread.runbook_id != offer.runbook_id:
        tools.ledger.threads.save([replace(case.thread, runbook_id=offer.runbook_id)], now=at)
    return said


def _keep(tools: Tools, case: Case, offer: _Offer | None, found: Triage | None, at: datetime) -> None:
    """Before it is said: a pass that is killed in between says it anew, and keeps that."""
    runbook, by_rule = (offer.runbook_id, not offer.hint.guess) if offer else (None, False)
    judgement = found.judgement if found else None
    tools.ledger.readings.keep(what_was_told(case.incident.id, at, judgement, runbook, by_rule=by_rule))


def _offer(tools: Tools, case: Case) -> _Offer | None:
    """What people's rules give, else what is found by text and confirmations, else none."""
    alert, base = _text(case), tools.settings.runbooks.url
    matched = match(alert, tools.shelf().runbooks)
    if matched:
        return _Offer(matched[0].runbook.id, _by_rule(matched[0], case.desk.say, base))
    found = find(alert, tools.library(), case.desk.say.code, most=1)
    return _Offer(found[0].page.id, _by_text(found[0], case.desk.say, base)) if found else None


def _draft_offer(case: Case, found: Triage) -> Sequence[Block]:
    """That a runbook could be drafted, where the alert came often enough to learn from."""
    times = sum(known.incidents for known in found.novelty.seen)
    if times < LEAST_INCIDENTS:
        return ()
    return draft_offer(case.incident.id, times, case.desk.say, buttons=case.desk.buttons)


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


def _by_rule(best: RunbookMatch, say: Language, base: str | None) -> RunbookHint:
    version = best.runbook.version(say.code)
    why = say.text(", ").join(explained(each, say) for each in _shown(best))
    return RunbookHint(version.title, version.first_step, why, address(version.file, base))


def _by_text(best: Found, say: Language, base: str | None) -> RunbookHint:
    why = say.text(", ").join(explained_find(best, say))
    page = best.page
    return RunbookHint(page.title, page.first_step, why, address(page.file, base), guess=True)


def _shown(best: RunbookMatch) -> Sequence[Reason]:
    """Reasons that a person reads at night; a regular expression is none where there is any other."""
    return [reason for reason in best.reasons if reason.kind != "pattern"] or best.reasons[:1]
