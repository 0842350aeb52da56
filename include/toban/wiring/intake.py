"""The intake of monitoring tools with everything real; where none is configured, nothing is opened."""

import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toban.clients.ledger import Ledger
from toban.clients.pagerduty import Events
from toban.domain.intake import Keys, Paths, confirmation_note
from toban.errors import TobanError
from toban.jobs.send_outbox import Result, send_outbox
from toban.settings import Settings
from toban.settings.intake import IntakeSettings
from toban.wiring import build
from toban.wiring.access import http_address, intake_keys

if TYPE_CHECKING:  # a pass that sends has no use for FastAPI
    from fastapi import APIRouter

    from toban.web.intake import Intake

log = logging.getLogger(__name__)

EVENTS_URLS = {"us": "https://events.pagerduty.com", "eu": "https://events.eu.pagerduty.com"}
BUDGET = timedelta(seconds=8)  # of a pass, which ends within 30 s and has people to call first
KEPT_S = 15  # a new token is in force after so long; a storm does not ask for it each time
KEPT = timedelta(days=7)  # settled events, for doctor and for people who ask what became of an alert
REST = timedelta(seconds=30)  # after PagerDuty could not be asked; the pass each minute goes on trying


def send_due(settings: Settings, now: datetime) -> Result | None:
    """Send what monitoring tools handed in; None, at no cost, where no [[intake]] is configured."""
    if not settings.intake:
        return None
    ledger = build.ledger()
    ledger.outbox.forget(now - KEPT)
    return _send(settings, ledger, _events(settings), now)


def router(settings: Settings) -> "APIRouter | None":
    """The route of the configured intakes, for the receivers' app; None where there is none."""
    if not settings.intake:
        return None
    from toban.web import intake  # noqa: PLC0415 - FastAPI, as above

    return intake.router([_intake(configured) for configured in settings.intake], _Desk(settings))


class _Desk:
    """Keeps in the ledger, and sends from there at once, one errand at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened = threading.Lock()
        self._ledger: Ledger | None = None
        self._events: Events | None = None
        self._errand = threading.Lock()
        self._wanted = threading.Event()
        self._resting_until = datetime.min.replace(tzinfo=UTC)

    def keys(self, intake: str) -> Keys:
        return _kept_keys(intake, int(time.monotonic()) // KEPT_S)

    def keep(self, intake: str, events: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
        self._book().outbox.put(intake, events, now=now)

    def confirm(self, intake: str, address: str, *, now: datetime) -> None:
        note = {"address": address, "at": now.isoformat()}
        self._book().notes.write(confirmation_note(intake), note, now=now)
        log.warning(
            "SNS asks to send alerts to intake %s; to allow it, open %s in a browser", intake, address
        )

    def send(self) -> None:
        """In a thread of its own, for the tool's next request on this connection would wait for its end.

        Whoever comes while an errand is under way leaves it to that one, which then goes once more.
        """
        self._wanted.set()
        if not self._errand.locked():
            threading.Thread(target=self._run_errands, name="toban-intake", daemon=True).start()

    def _run_errands(self) -> None:
        while self._wanted.is_set() and self._errand.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._run_errand(datetime.now(UTC))
            finally:
                self._errand.release()

    def _run_errand(self, now: datetime) -> None:
        if now < self._resting_until:
            return
        try:
            self._events = self._events or _events(self._settings)
            result = _send(self._settings, self._book(), self._events, now)
        except TobanError as error:  # the pass each minute tries again, and turns red where it cannot
            log.warning("events of monitoring tools wait for the next pass: %s", error)
            return
        if result.unavailable:
            self._resting_until = now + REST

    def _book(self) -> Ledger:
        with self._opened:
            self._ledger = self._ledger or build.ledger()
            return self._ledger


def _send(settings: Settings, ledger: Ledger, events: Events, now: datetime) -> Result:
    begun = time.monotonic()
    return send_outbox(
        events,
        ledger.outbox,
        lambda intake: _kept_keys(intake, int(time.monotonic()) // KEPT_S).routing_key,
        [intake.id for intake in settings.intake],
        clock=lambda: now + timedelta(seconds=time.monotonic() - begun),
        budget=BUDGET,
    )


def _events(settings: Settings) -> Events:
    given = http_address(os.environ.get("TOBAN_PAGERDUTY_EVENTS_URL"))
    return Events(given or EVENTS_URLS[settings.pagerduty.region])


@lru_cache(maxsize=64)
def _kept_keys(intake: str, _while: int) -> Keys:
    return intake_keys(intake)


def _intake(configured: IntakeSettings) -> "Intake":
    from toban.web.intake import Intake  # noqa: PLC0415 - FastAPI, as above

    paths = Paths(**configured.mapping.model_dump()) if configured.mapping else None
    return Intake(configured.id, configured.tool, paths)
