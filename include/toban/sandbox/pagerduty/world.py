"""The whole state of the local PagerDuty, in memory, behind one lock."""

import secrets
import string
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import Any

from toban.sandbox.pagerduty.complete import Sharing, complete_entries, complete_incident
from toban.sandbox.pagerduty.derive import derive_directory
from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.entry_log import EntryLog
from toban.sandbox.pagerduty.incident_book import IncidentBook
from toban.sandbox.pagerduty.journal import Journal
from toban.sandbox.pagerduty.wire import Json, utc_now, wire

ALPHABET = string.ascii_uppercase + string.digits
Listener = Callable[[str, Json, Json], None]
"""Called with a webhook event type, the incident, and the event's own data."""


class World:
    """Incidents, log entries and the directory, in REST shapes; the modules beside this one change them."""

    def __init__(
        self,
        directory: Directory,
        *,
        now: Callable[[], datetime] = utc_now,
        embed_incidents: bool = True,
        page_url: str = "https://sandbox.pagerduty.example",
    ) -> None:
        """`embed_incidents=False`: log entries carry mere references to incidents, as on some accounts."""
        self.directory = directory
        self.now = now
        self.embed_incidents = embed_incidents
        self.page_url = page_url
        self.lock = RLock()
        self.incidents = IncidentBook()
        self.entries = EntryLog()
        self.notes: defaultdict[str, list[Json]] = defaultdict(list)
        self.alerts: defaultdict[str, list[Json]] = defaultdict(list)
        self.standings: dict[
            str, Json
        ] = {}  # open incident's id -> {"level", "loop"} in its escalation policy
        self.reminders: dict[
            str, Json
        ] = {}  # notifications that the users' rules delay, by a key of their own
        self.change_events: list[Json] = []
        self.subscriptions: dict[str, Json] = {}
        self.listeners: list[Listener] = []
        self._journal: Journal | None = None
        self._dirty: dict[tuple[str, str], Any] = {}
        self._depth = 0
        self._announcements: list[tuple[str, Json, Json]] = []

    @classmethod
    def from_history(
        cls,
        directory: dict[str, list[Json]],
        items: list[Json],
        *,
        now: Callable[[], datetime] = utc_now,
        embed_incidents: bool = True,
        page_url: str = "https://sandbox.pagerduty.example",
    ) -> "World":
        """Builds the world from a history.

        `directory` has lists of users, teams, services, escalation_policies, schedules and priorities in REST
        shapes; empty: it is derived from the references in `items`, which are
        {"incident", "log_entries", "alerts"?, "notes"?}, each as the REST API gives it.
        """
        known = Directory(directory or derive_directory(items))
        world = cls(known, now=now, embed_incidents=embed_incidents, page_url=page_url)
        share = Sharing()
        world.incidents.load(complete_incident(item, known) for item in items)
        world.entries.load(entry for item in items for entry in complete_entries(item, share))
        for item in items:
            for kind, shelf in (("notes", world.notes), ("alerts", world.alerts)):
                if item.get(kind):
                    shelf[item["incident"]["id"]] = list(item[kind])
        return world

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One change: nobody reads in between; at its end it is in the journal and listeners hear of it."""
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    self._settle()

    def new_id(self, prefix: str = "Q", length: int = 14) -> str:
        drawn = secrets.token_bytes(length - len(prefix))
        return prefix + "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn)

    def touch(self, incident: Json, **fields: object) -> None:
        """Change an incident: its fields, its updated_at, and what is kept about it."""
        incident.update(fields, updated_at=wire(self.now()))
        self.incidents.changed(incident)
        self.mark("incident", incident["id"], incident)

    def mark(self, kind: str, key: str, value: object) -> None:
        """This object changed and belongs into the journal; None: it is gone."""
        self._dirty[kind, key] = value

    def announce(self, event_type: str, incident: Json, **data: object) -> None:
        """Listeners hear it when the change is complete."""
        self._announcements.append((event_type, incident, data))

    def keep_in(self, journal: Journal) -> None:
        """Take up what the journal holds, and write every later change to it."""
        with self.lock:
            journal.restore(self)
            self._journal = journal

    def stop_keeping(self) -> None:
        """Closes the journal; later changes live in memory alone."""
        with self.lock:
            if self._journal:
                self._journal.close()
            self._journal = None

    def _settle(self) -> None:
        dirty, self._dirty = self._dirty, {}
        heard, self._announcements = self._announcements, []
        if self._journal and dirty:
            self._journal.save(dirty)
        for event_type, incident, data in heard:
            for listener in self.listeners:
                listener(event_type, incident, data)
