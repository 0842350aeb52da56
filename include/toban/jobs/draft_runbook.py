"""A runbook's draft for an alert that comes again and again and has none."""

from dataclasses import replace
from datetime import datetime

from toban.clients.runbook_draft_data import seen_of
from toban.clients.triage import past
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.drafts.nouns import Material, Near, Seen
from toban.domain.runbooks.drafts.shortening import is_draft
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.finding import Library, rank
from toban.domain.runbooks.search.scoring import asked as question_of
from toban.domain.triage.nouns import Alike, Asked, Past
from toban.errors import UsageError
from toban.jobs.triage_alert import triage_alert

LEAST_INCIDENTS = 2  # once is no pattern
SHOWN, NEAREST = 10, 3  # past incidents; runbooks


def draft_runbook(
    snapshot: Snapshot, template: str, library: Library, now: datetime, details: str = ""
) -> Material:
    """What the draft is written from; raises UsageError where none is due, and WarehouseError.

    ``details`` is what the monitoring tool said with the alert, where that is known.
    """
    seen = seen_of(snapshot, template, now)
    times = seen.incidents if seen else 0
    if seen is None or times < LEAST_INCIDENTS:
        raise UsageError(
            f"{template[:80]!r} came {times} times; a draft needs {LEAST_INCIDENTS} incidents to learn from."
        )
    _refuse_if_there_is_one(seen, library)
    asked = Asked(seen.newest_title, seen.service_id, now)
    return Material(seen, _telling(snapshot, asked, template, now), _near(seen, library), details)


def _refuse_if_there_is_one(seen: Seen, library: Library) -> None:
    alert = AlertText(seen.newest_title, service_id=seen.service_id or None, service_name=seen.service)
    there = match(alert, library.runbooks)
    if there:
        file = there[0].runbook.versions[0].file
        raise UsageError(f"{seen.template[:80]!r} has a runbook already: {file}; improve that one.")


def _telling(snapshot: Snapshot, asked: Asked, template: str, now: datetime) -> tuple[Past, ...]:
    """Its own and near ones: those with notes first, then those that somebody handled; the newest first."""
    nearest = [each.past for each in triage_alert(snapshot, asked, now).nearest]
    alike = [
        each for own in (True, False) for each in past.incidents(snapshot, asked, template, own=own)
    ] + nearest
    known = {each.id: Alike(each, 1.0) for each in alike}
    noted = [_by_people(each.past) for each in past.with_notes(snapshot, known.values())]
    return tuple(sorted(noted, key=_tells_less)[:SHOWN])


def _by_people(each: Past) -> Past:
    """Without drafts that somebody added as notes: a draft is no source of another."""
    return replace(each, notes=tuple(note for note in each.notes if not is_draft(note.text)))


def _tells_less(each: Past) -> tuple[bool, bool, float]:
    return not each.notes, each.handled_by is None, -each.created_at.timestamp()


def _near(seen: Seen, library: Library) -> tuple[Near, ...]:
    ranked = rank(question_of(AlertText(seen.newest_title)), library.index, {})
    pages = [library.index.pages[at] for _, at in ranked[:NEAREST]]
    return tuple(Near(page.title, page.file) for page in pages)
