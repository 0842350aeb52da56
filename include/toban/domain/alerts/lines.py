"""What happened in an incident, as one line of its thread; most kinds have words of their own."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

from toban.domain.alerts.nouns import Event, Form, Incident, Kind, Note, Thread
from toban.domain.alerts.speech import Speech
from toban.domain.message import escape
from toban.domain.mrkdwn import cut
from toban.domain.runbooks.drafts.shortening import is_draft

NOTE_CHARACTERS = 1_500


def line_text(event: Event, incident: Incident, speech: Speech) -> str | None:
    """The line for an event, escaped; None for what is told elsewhere or concerns nobody in the thread."""
    words = _WORDS.get(event.kind)
    said = words(event, incident, speech) if words else None
    return None if said is None else f"{speech.clock(event.at)} {said}"


def in_thread(text: str, thread: Thread) -> str:
    """The line as its thread needs it: one that many incidents share says which it is about."""
    return text if thread.form is Form.OWN else f"#{thread.number} {text}"


def line_key(event: Event) -> str:
    """Names the event for the ledger."""
    return f"event:{event.incident_id}:{event.id}"


def note_key(incident_id: str, note: Note) -> str:
    """Names this wording of the note: an edited one is said anew."""
    wording = hashlib.sha256(note.content.encode()).hexdigest()[:12]
    return f"note:{incident_id}:{note.id}:{wording}"


def edited_note_text(note: Note, speech: Speech) -> str:
    """An edited note as a line: who wrote it, and how it reads now."""
    say = speech.say
    who = speech.named([note.by]) if note.by else say.text("someone")
    text = say.text(":pencil2: {who} edited a note: {text}", who=who, text=_on_one_line(note.content))
    return f"{speech.clock(note.updated_at)} {text}"


def _since(start: datetime, event: Event, speech: Speech) -> str:
    return speech.say.duration((event.at - start).total_seconds())


def _acknowledged(event: Event, incident: Incident, speech: Speech) -> str:
    took = _since(incident.created_at, event, speech)
    return speech.say.text(":eyes: Acknowledged by {who} after {took}", who=_who(event, speech), took=took)


def _unacknowledged(event: Event, _: Incident, speech: Speech) -> str:
    if event.by is not None:
        return speech.say.text(":red_circle: {who} gave the acknowledgement back", who=_who(event, speech))
    return speech.say.text(":red_circle: The acknowledgement ran out; it is open again")


def _escalated(event: Event, _: Incident, speech: Speech) -> str:
    to = speech.named(event.to) or speech.say.text("the next level")
    if event.by is None:
        return speech.say.text(":arrow_up: Nobody answered; PagerDuty escalated to {to}", to=to)
    return speech.say.text(":arrow_up: {who} escalated to {to}", who=_who(event, speech), to=to)


def _assigned(event: Event, _: Incident, speech: Speech) -> str | None:
    if event.by is None:
        return None  # PagerDuty's own assignments come with a trigger or an escalation
    to = speech.named(event.to)
    return speech.say.text(":bust_in_silhouette: {who} reassigned it to {to}", who=_who(event, speech), to=to)


def _delegated(event: Event, _: Incident, speech: Speech) -> str:
    to = speech.named(event.to) or speech.say.text("another policy")
    return speech.say.text(":bust_in_silhouette: {who} handed it to {to}", who=_who(event, speech), to=to)


def _snoozed(event: Event, _: Incident, speech: Speech) -> str:
    if event.until is None:
        return speech.say.text(":zzz: Snoozed by {who}", who=_who(event, speech))
    until = speech.moment(event.until)
    return speech.say.text(":zzz: Snoozed by {who} until {until}", who=_who(event, speech), until=until)


def _resolved(event: Event, incident: Incident, speech: Speech) -> str:
    took = _since(incident.created_at, event, speech)
    if incident.merged_into:
        into = speech.incident(incident.merged_into)
        return speech.say.text(
            ":white_check_mark: Merged into {incident} after {took}", incident=into, took=took
        )
    if event.by is None:
        return speech.say.text(":white_check_mark: Resolved by itself after {took}", took=took)
    return speech.say.text(
        ":white_check_mark: Resolved by {who} after {took}", who=_who(event, speech), took=took
    )


def _reopened(event: Event, _: Incident, speech: Speech) -> str:
    return speech.say.text(":red_circle: Reopened by {who}", who=_who(event, speech))


def _noted(event: Event, _: Incident, speech: Speech) -> str:
    who = _who(event, speech)
    if is_draft(event.text):
        return speech.say.text(":memo: {who} added the draft of a runbook as a note", who=who)
    return speech.say.text(":memo: {who} noted: {text}", who=who, text=_on_one_line(event.text))


def _in_pagerdutys_words(event: Event, _: Incident, speech: Speech) -> str | None:
    text = _on_one_line(event.text)
    return speech.say.text(":information_source: {text}", text=text) if text else None


def _on_one_line(text: str) -> str:
    """People's and tools' text: hostile until escaped."""
    return cut(" ".join(escape(text).split()), NOTE_CHARACTERS)


def _who(event: Event, speech: Speech) -> str:
    return speech.named([event.by]) if event.by else speech.say.text("PagerDuty")


_WORDS: dict[Kind, Callable[[Event, Incident, Speech], str | None]] = {
    Kind.ACKNOWLEDGE: _acknowledged,
    Kind.UNACKNOWLEDGE: _unacknowledged,
    Kind.ESCALATE: _escalated,
    Kind.ASSIGN: _assigned,
    Kind.DELEGATE: _delegated,
    Kind.SNOOZE: _snoozed,
    Kind.ANNOTATE: _noted,
    Kind.RESOLVE: _resolved,
    Kind.REOPEN: _reopened,
    Kind.URGENCY: _in_pagerdutys_words,
    Kind.PRIORITY: _in_pagerdutys_words,
    Kind.RESPONDERS: _in_pagerdutys_words,
}


def touched(before: datetime, events: Iterable[Event]) -> datetime:
    """When somebody last did something in the incident."""
    acts = [event.at for event in events if event.kind is not Kind.OTHER]
    return max([before, *acts])
