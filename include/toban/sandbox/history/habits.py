"""How quickly alerts clear and people react, before and after the daily announcements began."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from random import Random
from typing import Any, NamedTuple

from toban.sandbox.history.company import Person
from toban.sandbox.history.sources import Nature


class Spread(NamedTuple):
    """A log-normal duration: its median in seconds and how wide it scatters."""

    median_s: float
    sigma: float

    def draw(self, rng: Random, factor: float = 1.0) -> timedelta:
        return timedelta(seconds=max(5.0, rng.lognormvariate(log(self.median_s * factor), self.sigma)))


# Before, nobody knew who was on duty. The median people see is below the one drawn here, because
# alerts that clear by themselves take away the slow ones.
REACTION = {"before": Spread(670, 0.95), "after": Spread(62, 0.7)}
LOW_URGENCY = {"before": Spread(3000, 1.0), "after": Spread(1200, 1.0)}
MISSED = Spread(1500, 0.8)  # asleep, in a train, phone muted
MISSED_SHARE = {"before": 0.05, "after": 0.025}
NIGHT_FACTOR = 1.4
NIGHT_HOURS = (*range(22, 24), *range(8))

CLEARS: dict[Nature, tuple[float, Spread]] = {  # share that clears by itself, and when
    "noise": (0.82, Spread(330, 0.7)),
    "flap": (0.95, Spread(130, 0.6)),
    "fault": (0.2, Spread(2700, 0.6)),
    "slow": (0.05, Spread(9000, 0.5)),
}
REPAIR: dict[Nature, Spread] = {
    "noise": Spread(700, 0.7),
    "flap": Spread(500, 0.6),
    "fault": Spread(1600, 0.8),
    "slow": Spread(10800, 0.7),
}
RUNBOOK_FACTOR = 0.75  # repairs are quicker where the runbook comes with the alert

_SLACK = {"type": "api", "summary": "Slack", "client": "Slack"}
_CHANNELS: dict[str, tuple[tuple[dict[str, Any], ...], tuple[int, ...]]] = {
    "before": (
        ({"type": "website"}, {"type": "mobile"}, {"type": "phone"}, {"type": "sms"}),
        (45, 28, 22, 5),
    ),
    "after": ((_SLACK, {"type": "mobile"}, {"type": "website"}, {"type": "phone"}), (42, 33, 15, 10)),
}


@dataclass(frozen=True)
class Habits:
    rng: Random
    announcements_since: datetime

    def era(self, at: datetime) -> str:
        return "after" if at >= self.announcements_since else "before"

    def reaction(self, person: Person, at: datetime, urgency: str) -> timedelta:
        """How long this person takes to acknowledge from being rung."""
        era = self.era(at)
        night = at.astimezone(person.zone).hour in NIGHT_HOURS
        factor = person.slowness * (NIGHT_FACTOR if night else 1.0)
        if urgency == "low":
            return LOW_URGENCY[era].draw(self.rng, factor * (4 if night else 1))
        if self.rng.random() < MISSED_SHARE[era]:
            return MISSED.draw(self.rng, factor)
        return REACTION[era].draw(self.rng, factor)

    def clears_after(self, nature: Nature) -> timedelta | None:
        share, spread = CLEARS[nature]
        return spread.draw(self.rng) if self.rng.random() < share else None

    def repair(self, nature: Nature, at: datetime) -> timedelta:
        return REPAIR[nature].draw(self.rng, RUNBOOK_FACTOR if self.era(at) == "after" else 1.0)

    def channel(self, at: datetime) -> dict[str, Any]:
        """Through what somebody acknowledges or resolves."""
        channels, weights = _CHANNELS[self.era(at)]
        return dict(self.rng.choices(channels, weights)[0])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def minutes(self, low: float, high: float) -> timedelta:
        return timedelta(minutes=self.rng.uniform(low, high))
