"""Carries out what people asked for by Slack's buttons: each press once, in the person's own name.

The receiver only writes presses down. This looks at PagerDuty right before it acts, so a press that a
killed run had begun with is not carried out twice. Who may not is told so alone, and nothing happens.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.domain.alerts.nouns import Thread
from toban.domain.language import Language
from toban.domain.message import escape
from toban.domain.people import Person
from toban.domain.presses.nouns import Action, Answer, Outcome, Press
from toban.errors import (
    PagerDutyRefused,
    PagerDutyUnavailable,
    RemoteError,
    SlackError,
    SlackRefused,
    SlackUnavailable,
)
from toban.jobs.draft_in_thread import Drafting, Place, draft_as_note, draft_in_thread, show_noted
from toban.jobs.labour.presses import MonthDesk
from toban.jobs.press_deeds import Deed, carry_out
from toban.jobs.pressers import Barred, Pressers
from toban.locale import language
from toban.settings import Settings, Team

log = logging.getLogger(__name__)

UTC_ZONE = ZoneInfo("UTC")
FRESH = timedelta(minutes=15)  # what was asked for longer ago may no longer be meant


def answer_presses(
    *, pagerduty: PagerDuty, ledger: Ledger, slack: Slack, settings: Settings, now: datetime
) -> int:
    """Answer what waits, oldest first; gives how many were answered. Raises LedgerError.

    Where PagerDuty or Slack does not answer, the rest waits for the next call, and is told off after
    15 minutes. Who asked for a draft waits for `answer_draft`: it takes longer.
    """
    waiting = [press for press in ledger.presses.pending(now) if press.action is not Action.DRAFT]
    if not waiting:
        return 0
    counter = _Counter(pagerduty, ledger, slack, settings, now)
    return sum(counter.serve(press) for press in waiting)


def drafts_wanted(ledger: Ledger, now: datetime) -> list[Press]:
    """Who waits for a runbook's draft, oldest first. Raises LedgerError."""
    return [press for press in ledger.presses.pending(now) if press.action is Action.DRAFT]


def answer_draft(
    press: Press,
    drafting: Drafting,
    *,
    pagerduty: PagerDuty,
    ledger: Ledger,
    slack: Slack,
    settings: Settings,
    now: datetime,
) -> bool:
    """Draft what that press asks for; whether it was answered. Raises LedgerError, and NotYet."""
    return _Counter(pagerduty, ledger, slack, settings, now, drafting).serve(press)


class _Counter:
    """Where presses are answered, one after the other."""

    def __init__(
        self,
        pagerduty: PagerDuty,
        ledger: Ledger,
        slack: Slack,
        settings: Settings,
        now: datetime,
        drafting: Drafting | None = None,
    ) -> None:
        self._pagerduty = pagerduty
        self._ledger = ledger
        self._slack = slack
        self._settings = settings
        self._now = now
        self._drafting = drafting
        self._messenger = Messenger(ledger, slack, patience_s=0)
        self._pressers = Pressers(slack, pagerduty, settings.slack.user_overrides)
        self._down: set[type[RemoteError]] = set()  # what did not answer

    def serve(self, press: Press) -> bool:
        """Whether it was answered; what needs a system that does not answer waits."""
        thread = self._thread(press)
        team = self._team(press, thread)
        say = language(team.language if team else self._settings.language)
        if self._now - press.received_at > FRESH:
            answer = _too_late(press, say)
        elif self._must_wait(press) or not self._is_taken(press):
            return False
        else:
            try:
                answer = self._answer(press, thread, team, say)
            except (PagerDutyUnavailable, SlackUnavailable) as error:
                log.warning("the press %s waits: %s", press.key, error)
                is_slack = isinstance(error, SlackUnavailable)
                self._down.add(SlackUnavailable if is_slack else PagerDutyUnavailable)
                return False
        self._settle(press, thread, answer)
        return True

    def _is_taken(self, press: Press) -> bool:
        """A draft takes several turns, and what it says is said once by keys of its own."""
        return press.action is Action.DRAFT or self._ledger.presses.begin(press, now=self._now)

    def _must_wait(self, press: Press) -> bool:
        """Whether it needs a system that did not answer a moment ago; an opinion needs no PagerDuty."""
        return SlackUnavailable in self._down or (
            PagerDutyUnavailable in self._down and not press.action.is_feedback
        )

    def _answer(self, press: Press, thread: Thread | None, team: Team | None, say: Language) -> Answer:
        try:
            return self._answer_a_member(press, thread, team, say)
        except Barred as barred:
            return Answer(Outcome.REFUSED, barred.reason)
        except (PagerDutyRefused, SlackRefused) as error:
            reason = escape(str(error))
            return Answer(Outcome.FAILED, say.text("It was not done. {reason}", reason=reason))

    def _answer_a_member(
        self, press: Press, thread: Thread | None, team: Team | None, say: Language
    ) -> Answer:
        account = self._pressers.member(press, say)
        if press.action.is_month:
            return self._month_answered(press, self._pressers.person(account, say), team, say)
        if thread is None:
            raise Barred(say.text("Toban knows no single incident of that message."))
        if press.action.is_feedback:
            return Answer(Outcome.DONE, say.text("Thank you, that is noted."))
        if press.action is Action.DRAFT and self._drafting is not None:
            return self._drafted(thread, team, say, self._drafting)
        _require_deed(press, team, say)
        person = self._pressers.person(account, say)
        if press.action is Action.SILENCE:
            return self._silenced(press, thread, say)
        zone = team.zone if team else UTC_ZONE
        if press.action is Action.DRAFT_NOTE:
            press = self._with_draft(press, say)
        answer = carry_out(self._pagerduty, Deed(press, thread, person, zone, say, self._now))
        if press.action is Action.DRAFT_NOTE:
            show_noted(thread, person, say, self._messenger)
        return answer

    def _drafted(self, thread: Thread, team: Team | None, say: Language, drafting: Drafting) -> Answer:
        place = Place(say, team.zone if team else UTC_ZONE, writes=bool(team and team.mode == "act"))
        return draft_in_thread(thread, place, drafting, self._ledger, self._messenger, self._now)

    def _with_draft(self, press: Press, say: Language) -> Press:
        text = draft_as_note(self._ledger, press.incident_id, say)
        if text is None:
            raise Barred(say.text("Toban has no draft for this incident, so nothing was done."))
        return replace(press, value={**press.value, "text": text})

    def _month_answered(self, press: Press, person: Person, team: Team | None, say: Language) -> Answer:
        if team is None:
            raise Barred(say.text("Toban knows nothing of that month; nothing was recorded."))
        desk = MonthDesk(self._ledger, Messenger(self._ledger, self._slack), team, say, self._now)
        return desk.take(press, person)

    def _silenced(self, press: Press, thread: Thread, say: Language) -> Answer:
        if press.round != thread.round.number:
            return Answer(
                Outcome.ALREADY, say.text("Meanwhile others have been asked; their reminders go on.")
            )
        self._ledger.threads.silence(thread.incident_id, thread.round.number, now=self._now)
        return Answer(
            Outcome.DONE, say.text("No more reminders for this call; PagerDuty rings as it always does.")
        )

    def _thread(self, press: Press) -> Thread | None:
        """The incident's thread; for a shortcut that of the message's thread, if it is about one incident."""
        if press.incident_id:
            return self._ledger.threads.of([press.incident_id]).get(press.incident_id)
        key = self._ledger.presses.message_key(press.text("channel"), press.text("thread_ts"))
        found = self._ledger.threads.group(key) if key else []
        return found[0] if len(found) == 1 else None

    def _team(self, press: Press, thread: Thread | None) -> Team | None:
        wanted = thread.team_id if thread else press.text("team")
        return next((team for team in self._settings.teams if team.id == wanted), None)

    def _settle(self, press: Press, thread: Thread | None, answer: Answer) -> None:
        incident_id = thread.incident_id if thread else press.incident_id
        self._ledger.presses.finish(press, answer.outcome, incident_id=incident_id, now=self._now)
        if answer.text and press.response_url:
            try:
                self._slack.respond(press.response_url, answer.text)
            except SlackError as error:
                log.warning("the answer to the press %s was not heard: %s", press.key, error)


def _require_deed(press: Press, team: Team | None, say: Language) -> None:
    """Raises Barred where Toban may not write for the team, or there is nothing to write."""
    if press.action.writes and (team is None or team.mode != "act"):
        raise Barred(say.text("Toban may not write to PagerDuty for this team."))
    if press.action is Action.NOTE and not press.text("text"):
        raise Barred(say.text("There is no text in that message."))


def _too_late(press: Press, say: Language) -> Answer:
    if press.begun_at:
        text = say.text("Whether it was done is not certain, for PagerDuty did not answer; look there.")
    else:
        text = say.text(
            "It was not done in time, and is not done any more; press again if you still want it."
        )
    return Answer(Outcome.FAILED, text)
