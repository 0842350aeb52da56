"""Carries out what people pressed under a labour month: an answer to the own figures, or the approval."""

from dataclasses import dataclass
from datetime import datetime

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.domain.labour.answers import Answer as MonthAnswer
from toban.domain.labour.answers import Word, standpoint
from toban.domain.labour.closing import Settlement
from toban.domain.labour.figures import fingerprint
from toban.domain.language import Language
from toban.domain.message import Message, bold, escape
from toban.domain.people import Person
from toban.domain.presses.nouns import Action, Answer, Outcome, Press
from toban.jobs.labour.closing import close_month
from toban.jobs.labour.telling import team_key
from toban.jobs.pressers import Barred
from toban.settings import Team


@dataclass(frozen=True)
class MonthDesk:
    """Where answers to a team's month are taken; methods raise Barred, LedgerError and SlackError."""

    ledger: Ledger
    messenger: Messenger
    team: Team
    say: Language
    now: datetime

    def take(self, press: Press, person: Person) -> Answer:
        """What ``person`` pressed; what it does is done before anybody is told."""
        month = press.text("month")
        if self.ledger.labour.closings.of(self.team.id, month):
            raise Barred(self.say.text("{month} is closed; please tell your manager.", month=month))
        proposal = self.ledger.labour.closings.proposed(self.team.id, month)
        if proposal is None:
            raise Barred(self.say.text("Toban knows nothing of that month; nothing was recorded."))
        if press.action is Action.MONTH_APPROVE:
            return self._approved(press, person, proposal)
        return self._answered(press, person, proposal)

    def _answered(self, press: Press, person: Person, proposal: Settlement) -> Answer:
        if person.id != press.text("person"):
            raise Barred(self.say.text("That is another person's month; nothing was recorded."))
        own = proposal.figures.get(person.id)
        if own is None or fingerprint(own) != press.text("figures"):
            raise Barred(self.say.text("The figures have changed since; please answer the newer message."))
        why = press.text("text") or None
        word = Word.DISPUTED if press.action is Action.MONTH_WRONG else Word.CONFIRMED
        before = standpoint(person.id, own, self.ledger.labour.answers(self.team.id, proposal.month)).answer
        answer = MonthAnswer(
            self.team.id,
            proposal.month,
            word,
            person.name,
            press.received_at,
            fingerprint(own),
            person.id,
            why,
        )
        if before and (before.word, before.figures, before.why) == (word, answer.figures, why):
            return Answer(Outcome.ALREADY, self.say.text("Thank you, that is noted."))
        self.ledger.labour.answer(answer)
        self._tell(answer)
        return Answer(Outcome.DONE, self.say.text("Thank you, that is noted."))

    def _approved(self, press: Press, person: Person, proposal: Settlement) -> Answer:
        if person.id not in self.team.labour.approvers:
            raise Barred(self.say.text("Only those named in labour.approvers may close a month."))
        if proposal.fingerprint != press.text("figures"):
            raise Barred(
                self.say.text(
                    "The figures have changed since this message; run the report with correct first."
                )
            )
        close_month(self.ledger, self.team.id, proposal, person.name, self.now)
        text = self.say.text("{name} approved and closed the month", name=bold(person.name))
        self._line(proposal.month, "closed", text)
        return Answer(Outcome.DONE, self.say.text("The month is closed."))

    def _tell(self, answer: MonthAnswer) -> None:
        name = bold(answer.by)
        if answer.word is Word.CONFIRMED:
            text = self.say.text("{name} confirmed the month", name=name)
        else:
            said = escape(answer.why or "")
            text = self.say.text("{name} says that something is wrong: {said}", name=name, said=said)
        self._line(answer.month, answer.key, text)

    def _line(self, month: str, detail: str, text: str) -> None:
        """Into the thread of the team's message, where it was said."""
        key = team_key(self.team.id, month)
        head = self.messenger.said(key)
        if head:
            self.messenger.say(f"{key}:{detail}", head.channel, Message(text), thread=head)
