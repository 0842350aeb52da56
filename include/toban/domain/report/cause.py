"""The biggest cause of a week's late acknowledgements, or of its volume where nothing was late."""

from dataclasses import dataclass
from enum import Enum

from toban.domain.report.alerts import group
from toban.domain.report.change import Direction
from toban.domain.report.nouns import Report, ServiceWeek

# From here on a single alert says more than the service it belongs to.
ALERT_SHARE = 0.5
# Two late acknowledgements are chance; a cause is named from the third.
FEWEST_SLOW = 3


class Effect(Enum):
    """What the cause contributed to."""

    SLOW = "late acknowledgements"
    VOLUME = "incidents"


@dataclass(frozen=True)
class Cause:
    """``n`` of the ``of`` late acknowledgements (or incidents) are due to ``name``, a service or an alert."""

    effect: Effect
    name: str
    n: int
    of: int
    usual: float | None = None  # of a service, in a week of the comparison


def biggest_cause(report: Report, direction: Direction) -> Cause | None:
    """The alert behind at least half of it, else the service behind most; None without incidents.

    In a worse week it is the service that rose most above its usual number, not the one that is always high.
    """
    slow = report.slow
    effect = Effect.SLOW if len(slow) >= FEWEST_SLOW else Effect.VOLUME
    concerned = slow if effect is Effect.SLOW else report.incidents
    if not concerned:
        return None
    top = group(concerned)[0]
    if len(top.incidents) >= max(ALERT_SHARE * len(concerned), FEWEST_SLOW):
        return Cause(effect, top.label, len(top.incidents), len(concerned))
    return _service(report, effect, direction, len(concerned))


def _service(report: Report, effect: Effect, direction: Direction, of: int) -> Cause | None:
    def count(each: ServiceWeek) -> int:
        return each.slow if effect is Effect.SLOW else each.incidents

    def usual(each: ServiceWeek) -> float:
        return each.usual_slow if effect is Effect.SLOW else each.usual_incidents

    def weight(each: ServiceWeek) -> tuple[float, int]:
        rise = count(each) - usual(each) if direction is Direction.WORSE else 0.0
        return rise, count(each)

    found = max(report.services, key=weight, default=None)
    if found is None or count(found) == 0:
        return None
    return Cause(effect, found.name, count(found), of, usual(found) if report.comparison else None)
