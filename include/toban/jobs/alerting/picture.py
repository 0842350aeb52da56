"""What is so now, read once a round: PagerDuty first by what happened, then by what is open."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.clients.ledger import Claim
from toban.clients.pagerduty import PagerDuty, alerting
from toban.domain.alerts.lines import line_key
from toban.domain.alerts.nouns import Alert, Event, Incident, Thread
from toban.errors import PagerDutyRefused, PagerDutyUnavailable
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)

WATERMARK = "handle_alerts"  # the note that keeps how far log entries were read
# PagerDuty may show an entry late. A short look back each time, a long one now and then.
SHORT, LONG = timedelta(seconds=90), timedelta(minutes=15)
LONG_EVERY = timedelta(minutes=5)
AT_ONCE = timedelta(hours=1)  # so much of the log is read in a round: after days without a pass, bit by bit
FETCHED_SINGLY = 20  # a round; the others' turn comes in the next


@dataclass(frozen=True)
class Picture:
    """``incidents`` are all open ones and all that something happened to; ``threads`` are theirs.

    The log was read from ``since`` to ``until``; ``events`` are those not seen before, by incident.
    ``gone`` are incidents that PagerDuty no longer knows; ``trouble`` is why what happened could not be
    read, while what is open could.
    """

    at: datetime
    since: datetime
    until: datetime
    incidents: Mapping[str, Incident]
    events: Mapping[str, Sequence[Event]]
    alerts: Mapping[str, Alert]
    threads: Mapping[str, Thread]
    gone: frozenset[str]
    trouble: PagerDutyUnavailable | None = None

    def events_of(self, incident_id: str) -> Sequence[Event]:
        """What is new in the incident, oldest first."""
        return self.events.get(incident_id, ())


Said = Mapping[str, Mapping[str, Claim]]


def look(tools: Tools) -> Picture:
    """Read everything that decides what to do now; raises PagerDutyError and LedgerError."""
    now = tools.clock()
    since = _since(tools, now)
    until = min(now, since + AT_ONCE)
    happened, trouble = _happened(tools, since, until)
    incidents = {one.id: one for one in alerting.open_incidents(tools.pagerduty)}
    gone = {key: one for key, one in happened.incidents.items() if not one.is_open}
    incidents = gone | incidents
    threads = tools.ledger.threads.open() | tools.ledger.threads.of(
        incidents.keys() | happened.incidents.keys()
    )
    missing = [
        key
        for key in [*happened.incidents, *(each for each, one in threads.items() if one.closed_at is None)]
        if key not in incidents
    ]
    wanted = list(dict.fromkeys(missing))[:FETCHED_SINGLY]
    fetched = _fetched(tools.pagerduty, wanted)
    unknown = frozenset(wanted) - fetched.keys()
    events = _new(tools, happened.events)
    return Picture(now, since, until, incidents | fetched, events, happened.alerts, threads, unknown, trouble)


def _happened(
    tools: Tools, since: datetime, until: datetime
) -> tuple[alerting.Happened, PagerDutyUnavailable | None]:
    """Without the log whoever is on duty is called all the same; the log is read from here on later."""
    try:
        return alerting.happened(tools.pagerduty, since, until), None
    except PagerDutyUnavailable as error:
        log.warning("%s", error)
        return alerting.Happened((), {}, {}), error


def commit(tools: Tools, picture: Picture) -> None:
    """Remember how far log entries were read, if they were; everything new in them has been saved."""
    if picture.trouble is not None:
        return
    before = tools.ledger.notes.read(WATERMARK) or {}
    long = before.get("long") if picture.until - picture.since < LONG else None
    noted = {"until": picture.until.isoformat(), "long": long or picture.at.isoformat()}
    tools.ledger.notes.write(WATERMARK, noted, now=picture.at)


def _since(tools: Tools, now: datetime) -> datetime:
    noted = tools.ledger.notes.read(WATERMARK)
    if noted is None:
        return now  # the first pass of all: what came and went before is nobody's news
    until = datetime.fromisoformat(noted["until"])
    due = now - datetime.fromisoformat(noted["long"]) >= LONG_EVERY
    return until - (LONG if due else SHORT)


def _new(tools: Tools, events: Sequence[Event]) -> dict[str, list[Event]]:
    known = tools.ledger.lines.known({line_key(event) for event in events})
    found: dict[str, list[Event]] = {}
    for event in events:
        if line_key(event) not in known:
            found.setdefault(event.incident_id, []).append(event)
    return found


def _fetched(pagerduty: PagerDuty, incident_ids: Sequence[str]) -> dict[str, Incident]:
    """Incidents that are neither open nor told of; one that PagerDuty no longer knows is left out."""
    found = {}
    for incident_id in incident_ids:
        try:
            found[incident_id] = alerting.incident(pagerduty, incident_id)
        except PagerDutyRefused as error:
            if error.status != 404:
                raise
            log.warning("%s", error)
    return found
