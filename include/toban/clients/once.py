"""Says a thing in Slack exactly once, as far as Slack allows, whoever crashes or loses an answer when.

Claim it in the ledger, put it into Slack with a mark, confirm it. A claim that nobody confirmed is settled
after its lease by looking for the mark. Slack takes no idempotency key, so two moments remain in which a
message could appear twice: a process that stands still between its last look at the lease and its request
for longer than the lease, and a mark that cannot be looked for (a missing scope).
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toban.clients.ledger import Claim, Intent, Ledger, Standing
from toban.clients.slack import Posted, SlackUnsure
from toban.errors import SlackError, SlackRefused, SlackUnavailable

log = logging.getLogger(__name__)

POLL_S = 1.0  # how often to see whether the holder of a claim is done


def utc_now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Act:
    """Something to say. ``send`` calls its second argument right before the request that shows it."""

    intent: Intent
    send: Callable[[Claim, Callable[[], None]], Posted]
    find: Callable[[Claim], Posted | None]


class StillUnknown(SlackUnavailable):
    """Another process is saying it, or was killed while it did; when its claim ends, the truth is found."""


class _TakenOver(Exception):
    """The claim has another holder now."""


class Once:
    """``lease`` must outlast one request; ``patience`` is how long all waiting for leases may take."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        lease: timedelta,
        patience: timedelta,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ledger = ledger
        self._lease = lease
        self._patience = patience
        self._clock = clock
        self._sleep = sleep

    def do(self, act: Act) -> Posted:
        """Say it, or find out that it is said. Raises SlackUnavailable, SlackRefused, LedgerError."""
        patience = self._patience
        while True:
            claim = self._ledger.claim(act.intent, now=self._clock(), lease=self._lease)
            if claim.standing is Standing.SAID:
                return Posted(claim.channel, claim.ts or "")
            if claim.standing is Standing.HELD:
                patience -= self._wait(claim, patience)
            else:
                posted = self._settled(act, claim) or self._sent(act, claim)
                if posted is not None:
                    return posted

    def _wait(self, claim: Claim, patience: timedelta) -> timedelta:
        left = claim.until - self._clock()
        if left > patience:
            raise StillUnknown(
                f"Whether {claim.key} was said is not known before {claim.until:%H:%M:%S} UTC, when its "
                "claim ends; the next try after that settles it."
            )
        step = min(max(left, timedelta(0)), timedelta(seconds=POLL_S))
        self._sleep(step.total_seconds())
        return step

    def _settled(self, act: Act, claim: Claim) -> Posted | None:
        """What an earlier, unconfirmed claim left in Slack."""
        if claim.standing is not Standing.DOUBTFUL:
            return None
        try:
            found = act.find(claim)
        except SlackRefused as error:
            log.warning("Saying %s, perhaps for the second time; Slack does not tell: %s", claim.key, error)
            return None
        except SlackUnavailable:
            self._ledger.release(claim, now=self._clock())
            raise
        return None if found is None else self._confirmed(claim, found, claim.content_hash)

    def _sent(self, act: Act, claim: Claim) -> Posted | None:
        """Say it now; None when the answer is not known yet and the claim has to be asked again."""
        try:
            posted = act.send(claim, lambda: self._hold(claim))
        except _TakenOver:
            return None
        except SlackUnsure as error:
            log.warning("%s may have been said; looking for it when its claim ends: %s", claim.key, error)
            return None
        except SlackError as error:
            self._ledger.give_up(claim, _reason(error), now=self._clock())
            raise
        return self._confirmed(claim, posted, act.intent.content_hash)

    def _hold(self, claim: Claim) -> None:
        """Make sure that half the lease is left, which outlasts the request; waiting may have used it up."""
        now = self._clock()
        if claim.until - now < self._lease / 2 and not self._ledger.renew(claim, now=now, lease=self._lease):
            raise _TakenOver

    def _confirmed(self, claim: Claim, posted: Posted, content_hash: str) -> Posted:
        where = (posted.channel, posted.ts)
        if not self._ledger.confirm(claim, *where, content_hash, now=self._clock()):
            log.warning("%s was said twice, last as %s in %s", claim.key, posted.ts, posted.channel)
        return posted


def _reason(error: SlackError) -> str:
    return error.code if isinstance(error, SlackRefused) else str(error)
