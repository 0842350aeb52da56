"""Sends what monitoring tools handed in on to PagerDuty, in order, at its pace, until it is taken."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.clients.ledger.outbox import Outbox, Waiting
from toban.clients.pagerduty import Events
from toban.errors import PagerDutyRefused, PagerDutyUnavailable

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
PER_MINUTE = (
    120  # PagerDuty takes about so many of one routing key; docs: events-api-v2-overview, rate limits
)
MINUTE = timedelta(minutes=1)
BATCH = 20
LEASE = timedelta(minutes=1)
# A lease is not used to its end: an event sent after it may overtake the one that another sent meanwhile.
USED = timedelta(seconds=40)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)


@dataclass
class Result:
    """How many events PagerDuty took and refused, and why it could not be asked, if so."""

    sent: int = 0
    refused: int = 0
    unavailable: str | None = None


def send_outbox(
    events: Events,
    outbox: Outbox,
    routing_keys: Callable[[str], str | None],
    intakes: Sequence[str],
    *,
    clock: Clock,
    budget: timedelta,
) -> Result:
    """Send what is due of these intakes until `budget` is used up; what remains is left for the next time.

    ``clock`` gives aware moments. Where PagerDuty cannot be asked, that intake is left alone for now and the
    event in hand waits longer each time, up to five minutes. May raise LedgerError.
    """
    result, end = Result(), clock() + budget
    for intake in intakes:
        key = routing_keys(intake)
        if key is None:
            log.warning("intake %s has no routing key; its events wait, see `toban doctor`", intake)
            continue
        errand = _Errand(events, outbox, intake, key, clock, end, result)
        while clock() < end and errand.send_batch():
            pass
    return result


@dataclass(frozen=True)
class _Errand:
    """Sending for one intake."""

    events: Events
    outbox: Outbox
    intake: str
    key: str
    clock: Clock
    end: datetime
    result: Result

    def send_batch(self) -> bool:
        """False where nothing is left to do for this intake now."""
        now = self.clock()
        room = PER_MINUTE - self.outbox.settled_since(self.intake, now - MINUTE)
        if room <= 0:
            return False
        batch = self.outbox.take(self.intake, now=now, limit=min(BATCH, room), lease=LEASE)
        last = min(self.end, now + USED)
        for place, event in enumerate(batch):
            if self.clock() >= last:
                self.outbox.put_back(batch[place:], until=self.clock())
                return True
            if not self._send(event):
                self.outbox.put_back(batch[place + 1 :], until=self.clock())
                return False
        return bool(batch)

    def _send(self, event: Waiting) -> bool:
        """False where PagerDuty could not be asked."""
        try:
            self.events.send(event.event, self.key)
        except PagerDutyRefused as error:
            log.warning("an event of intake %s is lost: %s", self.intake, error)
            self.outbox.settle(event, now=self.clock(), refusal=str(error))
            self.result.refused += 1
        except PagerDutyUnavailable as error:
            self.outbox.postpone(event, str(error), until=self.clock() + pause_after(event.attempts))
            self.result.unavailable = str(error)
            return False
        else:
            self.outbox.settle(event, now=self.clock())
            self.result.sent += 1
        return True


def pause_after(attempts: int) -> timedelta:
    """5 s after the first attempt, twice as long after each further one, at most 5 minutes."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(LONGEST_PAUSE, FIRST_PAUSE * doubled)
