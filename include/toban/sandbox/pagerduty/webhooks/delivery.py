"""Carries webhooks to their subscribers: in order for each incident, again and again until they are taken."""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread

import orjson

from toban.sandbox.pagerduty.webhooks.lanes import Delivery, Lanes
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
WORKERS = 16  # with a receiver that answers in 50 ms, more than 150 webhooks a second
KEPT_LATENCIES = 20_000


class Courier:
    """Threads that share one queue; `start` begins to listen to the world, `stop` ends it."""

    def __init__(
        self,
        world: World,
        *,
        retry_after_s: Sequence[float] = RETRY_AFTER_S,
        timeout_s: float = TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.waiting = Lanes()
        self.delivered = Counter[str]()
        self.latencies = deque[Json](maxlen=KEPT_LATENCIES)
        self._world, self._retry_after_s, self._timeout_s, self._clock = (
            world,
            retry_after_s,
            timeout_s,
            clock,
        )
        self._drops = Counter[str]()
        self._wake = Condition()
        self._stopping = False
        self._threads = [
            Thread(target=self._run, name=f"sandbox-pagerduty-webhooks-{number}", daemon=True)
            for number in range(WORKERS)
        ]

    def start(self) -> None:
        self._world.listeners.append(self.hear)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._world.listeners.remove(self.hear)
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        latest = time.monotonic() + self._timeout_s + 1
        for thread in self._threads:
            thread.join(timeout=max(0.0, latest - time.monotonic()))

    def hear(self, event_type: str, incident: Json, data: Json) -> None:
        """Queues the event for everyone who wants it."""
        for subscription in listening(self._world, event_type, incident):
            key = self._world.new_id("0", 26)
            body = event(key, event_type, wire(self._world.now()), incident, data)
            self._queue(subscription, key, incident["id"], body)

    def ping(self, subscription: Json) -> None:
        key = self._world.new_id("0", 26)
        self._queue(subscription, key, key, ping(key, wire(self._world.now())))

    def _queue(self, subscription: Json, key: str, incident_id: str, body: Json) -> None:
        sent = orjson.dumps(body)
        delivery = Delivery(key, subscription["id"], incident_id, sent, self._clock(), time.time())
        with self._wake:
            self.waiting.add(delivery)
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                delivery = self.waiting.take(self._clock())
                while delivery is None and not self._stopping:
                    self._wake.wait(self._pause_s())
                    delivery = self.waiting.take(self._clock())
                if self._stopping or delivery is None:
                    return
            self._attempt(delivery)

    def _pause_s(self) -> float | None:
        soonest = self.waiting.soonest()
        return None if soonest is None else max(0.01, soonest - self._clock())

    def _attempt(self, delivery: Delivery) -> None:
        subscription = self._world.subscriptions.get(delivery.subscription_id)
        if not subscription:
            self._end(delivery)
            return
        status = self._post(subscription, delivery)
        if status is not None and 200 <= status < 300:
            self._drops[subscription["id"]] = 0
            self.delivered[subscription["id"]] += 1
            self._end(delivery)
        elif (status is None or status >= 500 or status == 429) and delivery.attempts < len(
            self._retry_after_s
        ):
            self._put_off(delivery)
        else:
            self._drop(delivery, subscription, status)

    def _post(self, subscription: Json, delivery: Delivery) -> int | None:
        """Posts it and remembers how long the answer took."""
        sent_at, began = time.time(), time.monotonic()
        status = post(subscription, delivery.webhook_id, delivery.body, self._timeout_s)
        took_s = time.monotonic() - began
        told: Json = {"webhook_id": delivery.webhook_id, "incident_id": delivery.incident_id}
        told |= {"queued_at": delivery.queued_at, "sent_at": sent_at, "answered_at": sent_at + took_s}
        self.latencies.append(told | {"status": status, "seconds": took_s})
        return status

    def _put_off(self, delivery: Delivery) -> None:
        with self._wake:
            delivery.due = self._clock() + self._retry_after_s[delivery.attempts]
            delivery.attempts += 1
            self.waiting.again(delivery)
            self._wake.notify()

    def _drop(self, delivery: Delivery, subscription: Json, status: int | None) -> None:
        """Given up; the third in a row disables the subscription and empties its queue."""
        logger.warning(
            "PagerDuty sandbox: webhook to %s dropped (%s)", subscription["delivery_method"]["url"], status
        )
        with self._wake:
            self._end(delivery)
            self._drops[subscription["id"]] += 1
            if self._drops[subscription["id"]] < DROPS_UNTIL_DISABLED:
                return
            self._drops[subscription["id"]] = 0
        with self._world.changing():  # never with our own lock held: whoever changes the world waits for it
            set_disabled(self._world, subscription, disabled=True)
        with self._wake:
            self.waiting.forget(subscription["id"])

    def _end(self, delivery: Delivery) -> None:
        with self._wake:
            self.waiting.done(delivery)
