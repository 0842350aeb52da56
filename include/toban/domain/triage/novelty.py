"""Was this ever seen before? Over the whole history, and in PagerDuty's words over the last 30 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from toban.domain.triage.nouns import Asked, Frequency, Known
from toban.domain.triage.similar import related
from toban.domain.triage.template import template

# PagerDuty's definition of an outlier incident: its API's documentation, "Outlier Incident".
LOOKED_BACK = timedelta(days=30)
FREQUENT, RARE = 0.20, 0.05


@dataclass(frozen=True)
class Novelty:
    """The evidence. ``seen`` are the template's counts in all services, those of the asked service first.

    ``recent`` of the service's ``of`` incidents of the last 30 days have the template. ``nearest`` is the
    most alike template where this one was never seen, with what they share [0, 1].
    """

    template: str
    seen: tuple[Known, ...]
    recent: int
    of: int
    nearest: tuple[float, Known] | None

    @property
    def new(self) -> bool:
        """Whether no incident of any service ever had this template."""
        return not self.seen

    @property
    def frequency(self) -> Frequency:
        """PagerDuty's class."""
        if not self.recent:
            return Frequency.ANOMALY
        share = self.recent / self.of
        if share >= FREQUENT:
            return Frequency.FREQUENT
        return Frequency.RARE if share <= RARE else Frequency.USUAL


def novelty(asked: Asked, known: Iterable[Known], recent: int, of: int) -> Novelty:
    """``known`` holds the template's own counts, and others that may be near."""
    own = template(asked.text)
    counts = sorted(known, key=lambda one: (one.service_id != asked.service_id, -one.incidents))
    seen = tuple(one for one in counts if one.template == own)
    return Novelty(own, seen, recent, of, None if seen else _nearest(asked, counts))


def _nearest(asked: Asked, counts: list[Known]) -> tuple[float, Known] | None:
    found = related(asked.text, (one.template for one in counts))
    if not found:
        return None
    shared, name = found[0]
    return shared, next(one for one in counts if one.template == name)
