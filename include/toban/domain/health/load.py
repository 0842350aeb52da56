"""How much it was: interruptions by kind of hour, nights, and hours with an interruption."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from toban.domain.health.hours import Clocks, HourKind
from toban.domain.health.nouns import Finding, Interruption, Topic, measured
from toban.domain.health.thresholds import Thresholds
from toban.domain.spans import Span

DAY, HALF_A_DAY = timedelta(days=1), timedelta(hours=12)


@dataclass(frozen=True)
class Load:
    """Interruptions by kind, every kind present; a night or an hour counts once for each person it struck."""

    by_kind: Mapping[HourKind, int]
    nights: int
    hours: int

    @property
    def total(self) -> int:
        """All interruptions."""
        return sum(self.by_kind.values())

    def weighted(self, night_weight: float) -> float:
        """All of them, those in sleep ``night_weight`` times."""
        return self.total + (night_weight - 1) * self.by_kind[HourKind.SLEEP]


def load(interruptions: Iterable[Interruption], clocks: Clocks) -> Load:
    """Of everything given; hours are clock hours of the person's own day."""
    listed = list(interruptions)
    counts = Counter(one.hour_kind for one in listed)
    asleep = (one for one in listed if one.hour_kind is HourKind.SLEEP)
    return Load(
        by_kind={kind: counts[kind] for kind in HourKind},
        nights=len({(one.person_id, _night(one, clocks)) for one in asleep}),
        hours=len({(one.person_id, _hour(one, clocks)) for one in listed}),
    )


def load_by_person(interruptions: Iterable[Interruption], clocks: Clocks) -> Mapping[str, Load]:
    """Each person's own; who was never interrupted is not there."""
    own: dict[str, list[Interruption]] = {}
    for one in interruptions:
        own.setdefault(one.person_id, []).append(one)
    return {person_id: load(listed, clocks) for person_id, listed in own.items()}


def load_findings(
    interruptions: Iterable[Interruption], window: Span, clocks: Clocks, thresholds: Thresholds
) -> Iterator[Finding]:
    """Nights and hours of each person interrupted in the window; the limits grow with its length."""
    weeks = round(window.length / DAY) / 7  # rounded: one in which the clocks go forward lacks an hour
    within = (one for one in interruptions if window.holds(one.at))
    for person_id, own in sorted(load_by_person(within, clocks).items()):
        nights, hours = thresholds.nights_per_week, thresholds.interrupted_hours_per_week
        yield measured(Topic.NIGHTS, own.nights, nights.times(weeks), own.total, person_id)
        yield measured(Topic.INTERRUPTED_HOURS, own.hours, hours.times(weeks), own.total, person_id)


def _night(one: Interruption, clocks: Clocks) -> date:
    """The day on whose evening the night begins: noon to noon of the local clock."""
    return (one.at.astimezone(clocks.of(one.person_id)).replace(tzinfo=None) - HALF_A_DAY).date()


def _hour(one: Interruption, clocks: Clocks) -> datetime:
    """The beginning of the local hour, in UTC, so that an hour met twice is two."""
    local = one.at.astimezone(clocks.of(one.person_id))
    return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
