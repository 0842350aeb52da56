"""A runbook's draft in an alert's thread: written once, kept, and shown as a file to review."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.slack import File, Posted
from toban.domain.alerts import keys
from toban.domain.alerts.nouns import Thread
from toban.domain.language import Language
from toban.domain.people import Person
from toban.domain.presses.drafts import drafted_message, noted_message
from toban.domain.presses.nouns import NOTE_CHARACTERS, Answer, Outcome
from toban.domain.runbooks.drafts.nouns import Material
from toban.domain.runbooks.drafts.shortening import as_short
from toban.domain.runbooks.drafts.writing import Written, draft
from toban.errors import SlackError, UsageError, WarehouseError
from toban.jobs.word_draft import Wording

log = logging.getLogger(__name__)

# What is known of a thread's alert by then; None before the first publication. May raise UsageError (it has
# a runbook, or came too seldom) and WarehouseError.
Known = Callable[[Thread, datetime], Material | None]


@dataclass(frozen=True)
class Drafting:
    """What drafts are written from, and who words them (None: Toban alone)."""

    known: Known
    wording: Wording | None = None


@dataclass(frozen=True)
class Place:
    """Whose thread it is: the team's language and clock, and whether Toban may write to PagerDuty for it."""

    say: Language
    zone: ZoneInfo
    writes: bool


def draft_in_thread(
    thread: Thread, place: Place, drafting: Drafting, ledger: Ledger, messenger: Messenger, now: datetime
) -> Answer:
    """Show it, unless it stands there; after NotYet, SlackError and LedgerError it may be tried again."""
    say, head = place.say, messenger.said(thread.root)
    if messenger.said(keys.drafted(thread.incident_id)):
        return Answer(Outcome.ALREADY, say.text("The draft is in the thread already."))
    if head is None:
        return Answer(Outcome.FAILED, say.text("The alert's message is not in Slack; nothing was drafted."))
    try:
        text = kept_draft(ledger, thread.incident_id) or _written(thread, place, drafting, ledger, now)
    except UsageError as error:
        log.info("no draft: %s", error)
        return Answer(
            Outcome.FAILED,
            say.text("Nothing was drafted: it has a runbook by now, or came too seldom to learn from."),
        )
    except WarehouseError as error:
        log.warning("no draft: %s", error)
        return Answer(
            Outcome.FAILED, say.text("Nothing was drafted: past incidents cannot be read now; try it later.")
        )
    _show(thread, place, text, messenger, head)
    return Answer(Outcome.DONE)


def kept_draft(ledger: Ledger, incident_id: str) -> str | None:
    """The text of the incident's draft; None where there is none."""
    found = ledger.notes.read(keys.draft(incident_id))
    return str(found["text"]) if found else None


def draft_as_note(ledger: Ledger, incident_id: str, say: Language) -> str | None:
    """The same as a note of the incident."""
    text = kept_draft(ledger, incident_id)
    return None if text is None else as_short(text, NOTE_CHARACTERS, say)


def show_noted(thread: Thread, by: Person, say: Language, messenger: Messenger) -> None:
    """Say below the file who made it a note; whether or not Slack takes that, the note is there."""
    try:
        messenger.correct(keys.drafted(thread.incident_id), noted_message(thread.number, by, say))
    except SlackError as error:
        log.warning("the draft's message was not corrected: %s", error)


def _written(thread: Thread, place: Place, drafting: Drafting, ledger: Ledger, now: datetime) -> str:
    """Kept before it is shown: after a kill the same text is shown, and it is what becomes a note."""

    def plain() -> Written:
        material = drafting.known(thread, now)
        if material is None:
            raise WarehouseError("Nothing was published yet.")
        return draft(material, place.say, place.zone)

    wording = drafting.wording
    text = wording.text(thread.incident_id, plain, place.say, now) if wording else plain().text()
    ledger.notes.write(keys.draft(thread.incident_id), {"text": text}, now=now)
    return text


def _show(thread: Thread, place: Place, text: str, messenger: Messenger, head: Posted) -> None:
    about, say = thread.incident_id, place.say
    title = say.text("Draft of a runbook for #{number}", number=thread.number)
    file = File(f"runbook-draft-{thread.number}.md", text.encode(), title)
    messenger.file(keys.draft(about), head.channel, file, head, about=about)
    message = drafted_message(about, thread.number, say, writes=place.writes)
    messenger.say(keys.drafted(about), head.channel, message, thread=head, about=about)
