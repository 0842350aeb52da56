"""Carries webhooks to their subscribers: in order for each incident, again and again until they are taken."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread

import orjson

from toban.sandbox.pagerduty.webhooks.payloads import event, ping
from toban.sandbox.pagerduty.webhooks.posting import TIMEOUT_S, post
from toban.sandbox.pagerduty.webhooks.subscriptions import listening, set_disabled
from toban.sandbox.pagerduty.wire import Json, wire
from toban.sandbox.pagerduty.world import World

logger = logging.getLogger(__name__)

RETRY_AFTER_S = (
    1,
    2,
    5,
    10,
    30,
    60,
    300,
)  # PagerDuty goes on for 48 hours; nobody waits so long for a sandbox
DROPS_UNTIL_DISABLED = 3  # in a row, as documented


@dataclass
class Delivery:
    """One webhook on its way; `lane`: what must keep its order."""

    webhook_id: str
    subscription_id: str
    lane: str
    body: bytes
    due: float
    attempts: int = 0


class Courier:
    """A thread with a queue; `start` begins to listen to the world, `stop` ends it."""

    def __init__(
        self,
        world: World,
        *,
        retry_after_s: Sequence[float] = RETRY_AFTER_S,
        timeout_s: float = TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.waiting: list[Delivery] = []
        self.delivered = Counter[str]()
        self._world, self._retry_after_s, self._timeout_s, self._clock = (
            world,
            retry_after_s,
            timeout_s,
            clock,
        )
        self._drops = Counter[str]()
        self._wake = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name="sandbox-pagerduty-webhooks", daemon=True)

    def start(self) -> None:
        self._world.listeners.append(self.hear)
        self._thread.start()

    def stop(self) -> None:
        self._world.listeners.remove(self.hear)
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join(timeout=self._timeout_s + 1)

    def hear(self, event_type: str, incident: Json, data: Json) -> None:
        """Queues the event for everyone who wants it."""
        for subscription in listening(self._world, event_type, incident):
            key = self._world.new_id("0", 26)
            body = event(key, event_type, wire(self._world.now()), incident, data)
            self._queue(subscription, key, incident["id"], body)

    def ping(self, subscription: Json) -> None:
        key = self._world.new_id("0", 26)
        self._queue(subscription, key, key, ping(key, wire(self._world.now())))

    def _queue(self, subscription: Json, key: str, lane: str, body: Json) -> None:
        delivery = Delivery(
            key, subscription["id"], f"{subscription['id']}/{lane}", orjson.dumps(body), self._clock()
        )
        with self._wake:
            self.waiting.append(delivery)
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                delivery = self._next()
                while delivery is None and not self._stopping:
                    self._wake.wait(self._pause_s())
                    delivery = self._next()
                if self._stopping or delivery is None:
                    return
            self._attempt(delivery)

    def _next(self) -> Delivery | None:
        """The first that is due and has nobody before it in its lane."""
        lanes: set[str] = set()
        for delivery in self.waiting:
            if delivery.lane not in lanes and delivery.due <= self._clock():
                return delivery
            lanes.add(delivery.lane)
        return None

    def _pause_s(self) -> float | None:
        soonest = min((delivery.due for delivery in self.waiting), default=None)
        return None if soonest is None else max(0.01, soonest - self._clock())

    def _attempt(self, delivery: Delivery) -> None:
        subscription = self._world.subscriptions.get(delivery.subscription_id)
        if not subscription:
            self._remove(delivery)
            return
        status = post(subscription, delivery.webhook_id, delivery.body, self._timeout_s)
        if status is not None and 200 <= status < 300:
            self._drops[subscription["id"]] = 0
            self.delivered[subscription["id"]] += 1
            self._remove(delivery)
        elif (status is None or status >= 500 or status == 429) and delivery.attempts < len(
            self._retry_after_s
        ):
            delivery.due = self._clock() + self._retry_after_s[delivery.attempts]
            delivery.attempts += 1
        else:
            self._drop(delivery, subscription, status)

    def _drop(self, delivery: Delivery, subscription: Json, status: int | None) -> None:
        """Given up; the third in a row disables the subscription and empties its queue."""
        logger.warning(
            "PagerDuty sandbox: webhook to %s dropped (%s)", subscription["delivery_method"]["url"], status
        )
        self._remove(delivery)
        self._drops[subscription["id"]] += 1
        if self._drops[subscription["id"]] < DROPS_UNTIL_DISABLED:
            return
        self._drops[subscription["id"]] = 0
        with self._world.changing():
            set_disabled(self._world, subscription, disabled=True)
        with self._wake:
            self.waiting = [one for one in self.waiting if one.subscription_id != subscription["id"]]

    def _remove(self, delivery: Delivery) -> None:
        with self._wake:
            if delivery in self.waiting:
                self.waiting.remove(delivery)
