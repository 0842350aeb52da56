"""One window of log entries: read to its end, completed, and stored in one transaction with the watermark."""

import gc
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.records import is_full, log_entry_row, note_row
from toban.clients.pagerduty.windows import Window
from toban.clients.warehouse import Writer
from toban.domain.spans import Span
from toban.errors import PagerDutyRefused
from toban.jobs.sync_changes import changes, merge_changes
from toban.jobs.sync_state import read_coverage, write_coverage

log = logging.getLogger(__name__)
Row = dict[str, Any]
LIST_ABOVE = 100  # from here on, listing the incidents of the window costs fewer calls than asking for each
LONGEST_LIST = timedelta(days=180)  # GET /incidents takes at most six months


@dataclass(frozen=True)
class Stored:
    """What a window brought: rows that were news."""

    incidents: int = 0
    log_entries: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(self.incidents + other.incidents, self.log_entries + other.log_entries)


@dataclass
class _Gathered:
    entries: dict[str, Row] = field(default_factory=dict)
    notes: dict[str, Row] = field(default_factory=dict)
    incidents: dict[str, Row] = field(default_factory=dict)


def store_window(pagerduty: PagerDuty, writer: Writer, window: Window) -> Stored:
    """Read the window's pages and what they leave open, then commit rows and coverage together."""
    found = _gather(window.pages)
    known = _known_entries(writer, found.entries)
    new = {entry_id: row for entry_id, row in found.entries.items() if entry_id not in known}
    _complete(pagerduty, window.span, found, {row["incident_id"] for row in new.values()})
    news = changes(pagerduty, writer, found.incidents.values())
    readable = [
        row for row in found.entries.values() if row["incident_id"] in found.incidents or row["id"] in known
    ]
    notes = [
        row
        for entry_id, row in found.notes.items()
        if entry_id in new and row["incident_id"] in found.incidents
    ]
    with writer.transaction():
        incidents = merge_changes(writer, news)
        entries = writer.merge("log_entries", readable)
        writer.merge("notes", notes)
        write_coverage(writer, read_coverage(writer).with_window(window.span))
    return Stored(incidents, entries)


def _gather(pages: Iterable[list[Row]]) -> _Gathered:
    """Rows by id: pages overlap where entries arrive while they are read."""
    found = _Gathered()
    with _no_search_for_cycles():
        for page in pages:
            for entry in page:
                _take(found, entry)
    return found


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """JSON has no cycles, and looking for some in all that is held took a fifth of the sync's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _take(found: _Gathered, entry: Row) -> None:
    if not (entry.get("incident") or {}).get("id"):
        log.warning("log entry %s names no incident and is left out", entry.get("id"))
        return
    row = log_entry_row(entry)
    found.entries[row["id"]] = row
    note = note_row(entry)
    if note is not None:
        found.notes[row["id"]] = note
    _keep_newest(found.incidents, entry["incident"])


def _keep_newest(incidents: dict[str, Row], incident: Row) -> None:
    if not is_full(incident):
        return
    kept = incidents.get(incident["id"])
    if kept is None or (incident.get("updated_at") or "") >= (kept.get("updated_at") or ""):
        incidents[incident["id"]] = incident


def _known_entries(writer: Writer, entries: Iterable[str]) -> set[str]:
    """Those stored already: their notes may have been edited since, and their incident is known."""
    found = writer.rows(
        "select id from log_entries where id in (select unnest($ids::varchar[]))", {"ids": list(entries)}
    )
    return {row["id"] for row in found}


def _complete(pagerduty: PagerDuty, span: Span, found: _Gathered, touched: set[str]) -> None:
    """Fetch the incidents that new entries only refer to."""
    missing = touched - found.incidents.keys()
    if len(missing) > LIST_ABOVE and span.length <= LONGEST_LIST:
        listed = pagerduty.rows("incidents", "incidents", since=span.start, until=span.end)
        found.incidents.update({incident["id"]: incident for incident in listed if incident["id"] in missing})
    for incident_id in sorted(missing - found.incidents.keys()):
        try:
            found.incidents[incident_id] = pagerduty.incident(incident_id)
        except PagerDutyRefused as refused:
            log.warning("incident %s is left out, with its log entries: %s", incident_id, refused)
