"""A small PagerDuty account in the sandbox over HTTP, a client of it, and a clock that moves by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.pagerduty.account import CHECKOUT, KEY, NOON, Clock, small_world
from sandbox_server import running
from toban.clients.pagerduty import PagerDuty
from toban.sandbox.pagerduty import World, create_app


@dataclass(frozen=True)
class Account:
    """What tests do to it: as a monitoring tool (`fire`), or with a client of a person (`of`)."""

    url: str
    world: World
    clock: Clock

    def of(self, name: str = "aiko") -> PagerDuty:
        """A client that signs with that person's e-mail."""
        return PagerDuty("token", self.url, from_email=f"{name}@example.com", sleep=lambda _: None)

    def fire(self, title: str = "Disk 90 % full", action: str = "trigger", **event: Any) -> str:
        """Send an event to the service Checkout; gives the id of the newest incident."""
        payload = {"summary": title, "source": "web-01", "severity": "critical"} | event.pop("payload", {})
        sent = {"routing_key": KEY, "event_action": action, "dedup_key": title, "payload": payload, **event}
        httpx.post(f"{self.url}/v2/enqueue", json=sent).raise_for_status()
        return str(max(self.world.incidents, key=lambda one: one["incident_number"])["id"])

    def by_hand(self, service: str = CHECKOUT) -> str:
        """A person opens an incident on the service."""
        asked = {
            "type": "incident",
            "title": "By hand",
            "service": {"id": service, "type": "service_reference"},
        }
        return str(self.of().post("incidents", {"incident": asked})["incident"]["id"])

    def passes(self, **length: float) -> None:
        """Let time go by."""
        self.clock.pass_by(**length)


@contextmanager
def account(**options: Any) -> Iterator[Account]:
    """The sandbox's small account at NOON; `options` are the world's."""
    clock = Clock(NOON)
    world = small_world(clock, **options)
    with running(create_app(world, ticking=False)) as url:
        yield Account(url, world, clock)
