"""Many incidents within seconds, spread evenly, in a thread of their own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Thread

from toban.sandbox.pagerduty.life.alerting import believable_incident
from toban.sandbox.pagerduty.refusals import invalid
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

MOST = 10_000
LONGEST_S = 3600.0


@dataclass
class Storm:
    """`titles` are taken in turn and numbered, so that no two are the same; `service`: None: any."""

    count: int
    seconds: float
    service: str | None = None
    titles: Sequence[str] = ("Storm",)
    incident_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST or not 0 <= self.seconds <= LONGEST_S or not self.titles:
            raise invalid(f"A storm has 1 to {MOST} incidents, 0 to {LONGEST_S:g} seconds and some titles.")

    def told(self) -> Json:
        """How far it has come."""
        made = len(self.incident_ids)
        return {"count": self.count, "created": made, "incident_ids": self.incident_ids[:made]}


class Storms:
    """One storm at a time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stop = Event()
        self._thread: Thread | None = None
        self.last: Storm | None = None

    def begin(self, storm: Storm) -> None:
        """Returns at once. Raises RefusedError while another one blows, or for an unknown service."""
        if self._thread and self._thread.is_alive():
            raise invalid("A storm is blowing already.")
        self.last = storm
        self._create(storm, 0)  # here, so that a wrong service is refused
        self._thread = Thread(target=self._blow, args=(storm,), name="sandbox-pagerduty-storm", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends it before its time."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _blow(self, storm: Storm) -> None:
        began = time.monotonic()
        for number in range(1, storm.count):
            due = began + storm.seconds * number / storm.count
            if self._stop.wait(max(0.0, due - time.monotonic())):
                return
            self._create(storm, number)

    def _create(self, storm: Storm, number: int) -> None:
        title = f"{storm.titles[number % len(storm.titles)]} {number + 1:04d}"
        with self._world.changing():
            incident = believable_incident(self._world, storm.service, title, "critical")
        storm.incident_ids.append(incident["id"])
