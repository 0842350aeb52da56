"""What PagerDuty does by itself as time goes by."""

import logging
from threading import Event, Thread

from toban.sandbox.pagerduty.life.actors import by_clock
from toban.sandbox.pagerduty.life.assigning import escalate_next
from toban.sandbox.pagerduty.life.notifying import ring_due
from toban.sandbox.pagerduty.life.statuses import resolve, unacknowledge
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

logger = logging.getLogger(__name__)

EVERY_S = 1.0  # moments on the wire are whole seconds


def tick(world: World) -> int:
    """Carries out every pending action due by `world.now()`, and delayed notifications; returns how many.

    A clock that jumped far needs several ticks: each incident takes at most one step in one tick.
    """
    carried_out = 0
    for incident in world.incidents.open():
        if not _due(world, incident):
            continue
        with (
            world.changing()
        ):  # for each by itself: after a storm many are due, and others want to change too
            if action := _due(world, incident):
                _carry_out(world, incident, action)
                carried_out += 1
    with world.changing():
        ring_due(world)
    return carried_out


class Engine:
    """Ticks in a thread of its own until it is stopped."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stop = Event()
        self._thread = Thread(target=self._run, name="sandbox-pagerduty-engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            done = tick(self._world)
            if done:
                logger.info("PagerDuty sandbox: %d pending actions carried out", done)


def _due(world: World, incident: Json) -> Json | None:
    """The earliest action that is due; at the same moment resolving comes first."""
    now = world.now()
    due = [action for action in incident["pending_actions"] if parse(action["at"]) <= now]
    return min(due, key=lambda action: (parse(action["at"]), action["type"] != "resolve"), default=None)


def _carry_out(world: World, incident: Json, action: Json) -> None:
    if action["type"] == "resolve":
        resolve(world, incident, by_clock(incident, "timeout"))
    elif action["type"] == "unacknowledge":
        unacknowledge(world, incident, by_clock(incident, "timeout"))
    elif action["type"] == "escalate":
        escalate_next(world, incident, by_clock(incident))
