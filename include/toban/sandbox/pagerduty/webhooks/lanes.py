"""Webhooks waiting for their turn: in order within a lane, and as soon as they are due across lanes."""

import heapq
from collections import deque
from dataclasses import dataclass
from itertools import count


@dataclass(eq=False)
class Delivery:
    """One webhook on its way; `due` on the courier's clock, `queued_at` in seconds since 1970."""

    webhook_id: str
    subscription_id: str
    incident_id: str
    body: bytes
    due: float
    queued_at: float
    attempts: int = 0

    @property
    def lane(self) -> tuple[str, str]:
        """PagerDuty keeps the order of one incident's events for one subscription."""
        return self.subscription_id, self.incident_id


class Lanes:
    """A heap of the lanes' heads; a head that was taken is in no heap until its lane goes on."""

    def __init__(self) -> None:
        self._queues: dict[tuple[str, str], deque[Delivery]] = {}
        self._heads: list[tuple[float, int, Delivery]] = []
        self._order = count()

    def __len__(self) -> int:
        return sum(len(queue) for queue in self._queues.values())

    def add(self, delivery: Delivery) -> None:
        """Behind everything in its lane."""
        queue = self._queues.setdefault(delivery.lane, deque())
        queue.append(delivery)
        if queue[0] is delivery:
            self._offer(delivery)

    def take(self, now: float) -> Delivery | None:
        """The head that has been due longest; its lane waits for `done` or `again`."""
        while self._heads and self._heads[0][0] <= now:
            delivery = heapq.heappop(self._heads)[2]
            if self._is_head(delivery):
                return delivery
        return None

    def soonest(self) -> float | None:
        """When the next head is due."""
        return self._heads[0][0] if self._heads else None

    def again(self, delivery: Delivery) -> None:
        """A taken delivery waits until it is due once more, at the head of its lane."""
        if self._is_head(delivery):
            self._offer(delivery)

    def done(self, delivery: Delivery) -> None:
        """A taken delivery is over: whatever stands behind it may go."""
        if not self._is_head(delivery):
            return  # its lane was forgotten meanwhile
        queue = self._queues[delivery.lane]
        queue.popleft()
        if queue:
            self._offer(queue[0])
        else:
            del self._queues[delivery.lane]

    def forget(self, subscription_id: str) -> None:
        """Nothing waits for this subscription any more."""
        self._queues = {lane: queue for lane, queue in self._queues.items() if lane[0] != subscription_id}

    def _is_head(self, delivery: Delivery) -> bool:
        queue = self._queues.get(delivery.lane)
        return queue is not None and len(queue) > 0 and queue[0] is delivery

    def _offer(self, delivery: Delivery) -> None:
        heapq.heappush(self._heads, (delivery.due, next(self._order), delivery))
