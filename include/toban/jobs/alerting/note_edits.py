"""Notes that were edited: no log entry tells of that, so those of open incidents are read now and then."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from toban.clients.pagerduty import alerting
from toban.domain.alerts.lines import edited_note_text, in_thread, note_key
from toban.domain.alerts.nouns import Kind, Line, Note, Thread
from toban.jobs.alerting.cases import Case
from toban.jobs.alerting.picture import LONG, LONG_EVERY, Picture
from toban.jobs.alerting.tools import Tools

NOTE = "incident_notes"  # {incident id: {note id: mark of its wording}} of open incidents that have any
AT_MOST = 20  # incidents a look; the others' turn comes five minutes later

Wordings = dict[str, dict[str, str]]


def save_edits(tools: Tools, picture: Picture, cases: Sequence[Case]) -> bool:
    """Save a line for each note whose wording changed since the last look; whether there was any."""
    known: Wordings = tools.ledger.notes.read(NOTE) or {}
    open_cases = {case.incident.id: case for case in cases if case.incident.is_open}
    noted = {key for key in open_cases if _was_noted(picture, key)}
    watched = {key: known.get(key, {}) for key in open_cases if key in known or key in noted}
    due = _due(watched, noted, picture)
    lines: list[Line] = []
    for incident_id in due[:AT_MOST]:
        case, notes = open_cases[incident_id], alerting.notes(tools.pagerduty, incident_id)
        lines += _edited(case, notes, watched[incident_id])
        watched[incident_id] = {note.id: _mark(note) for note in notes}
    if lines:
        tools.ledger.threads.save([], lines, now=picture.at)
    if watched != known:
        tools.ledger.notes.write(NOTE, watched, now=picture.at)
    return bool(lines)


def _due(watched: Wordings, noted: set[str], picture: Picture) -> list[str]:
    """Those just noted in; now and then also some of the others, each time the next ones."""
    others = sorted(watched.keys() - noted) if picture.until - picture.since >= LONG else []
    turn = int(picture.at.timestamp() // LONG_EVERY.total_seconds()) * AT_MOST % max(len(others), 1)
    return [*sorted(noted), *others[turn:], *others[:turn]]


def _was_noted(picture: Picture, incident_id: str) -> bool:
    return any(event.kind is Kind.ANNOTATE for event in picture.events_of(incident_id))


def _edited(case: Case, notes: Sequence[Note], before: Mapping[str, str]) -> Iterator[Line]:
    """A new note was told by its log entry; one that is new here and edited already is told as it reads."""
    for note in notes:
        changed = before.get(note.id, _mark(note)) != _mark(note)
        if changed or (note.id not in before and note.updated_at > note.created_at):
            yield _line(case, note)


def _line(case: Case, note: Note) -> Line:
    thread: Thread = case.thread
    text = edited_note_text(note, case.desk.speech({}))
    key = note_key(case.incident.id, note)
    return Line(key, case.incident.id, thread.root, f"line:{case.incident.id}:{key}", in_thread(text, thread))


def _mark(note: Note) -> str:
    return hashlib.sha256(note.content.encode()).hexdigest()[:12]
