"""What is to be expected of the coming time on call, if it goes on as before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from toban.domain.health.hours import Clocks, HourKind, HourRule, time_by_kind
from toban.domain.health.levels import LevelSpans, level_at, spans_by_level
from toban.domain.health.nouns import Finding, Interruption, Topic, measured
from toban.domain.health.thresholds import Thresholds
from toban.domain.shifts import Shift
from toban.domain.spans import Span

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Hours = Mapping[HourKind, float]
LevelKind = tuple[int, HourKind]


@dataclass(frozen=True)
class Rates:
    """Mean interruptions for an hour on call, by level and kind; where nobody was on call there is none."""

    per_hour: Mapping[LevelKind, float]
    weeks: int  # whole ones that they rest on


@dataclass(frozen=True)
class Projection:
    """Planned hours on call and expected interruptions by kind; None where there is too little history."""

    person_id: str
    planned: Hours
    expected: Hours | None
    weeks: int

    @property
    def total(self) -> float | None:
        """All that is expected."""
        return None if self.expected is None else sum(self.expected.values())


def rates(
    shifts: Iterable[Shift],
    interruptions: Iterable[Interruption],
    history: Span,
    rule: HourRule,
    clocks: Clocks,
) -> Rates:
    """Over everybody in that past, which must be fully known; calls beside a person's shifts are left out."""
    held = spans_by_level(shifts, history)
    hours: dict[LevelKind, float] = {}
    for person_id, levels in held.items():
        for place, length in _hours(levels, rule, clocks, person_id).items():
            hours[place] = hours.get(place, 0.0) + length
    rung = dict.fromkeys(hours, 0)
    for one in interruptions:
        level = level_at(held.get(one.person_id, {}), one.at)
        if level is not None:
            rung[level, one.hour_kind] += 1
    per_hour = {place: rung[place] / length for place, length in hours.items() if length > 0}
    # Rounded to days first: four weeks in which the clocks go forward lack an hour.
    return Rates(per_hour, round(history.length / DAY) // 7)


def projections(
    shifts: Iterable[Shift],
    coming: Span,
    past: Rates,
    rule: HourRule,
    clocks: Clocks,
    thresholds: Thresholds,
) -> list[Projection]:
    """Each person planned in the coming span, by id; fewer weeks of history than asked for expect nothing."""
    known = past.weeks >= thresholds.fewest_weeks
    found = []
    for person_id, levels in sorted(spans_by_level(shifts, coming).items()):
        planned = _hours(levels, rule, clocks, person_id)
        expected = _expected(planned, past) if known else None
        found.append(Projection(person_id, _by_kind(planned), expected, past.weeks))
    return found


def projection_findings(
    projected: Iterable[Projection], coming: Span, thresholds: Thresholds
) -> Iterator[Finding]:
    """What each person is to expect of the coming span against the limit for the planned hours."""
    for one in projected:
        limit = thresholds.incidents(sum(one.planned.values()) * HOUR)
        yield measured(Topic.PROJECTED_LOAD, one.total, limit, one.weeks, one.person_id, coming)


def _hours(levels: LevelSpans, rule: HourRule, clocks: Clocks, person_id: str) -> Mapping[LevelKind, float]:
    """How long that person is on call, by level and by the kinds of the person's own hours."""
    zone = clocks.of(person_id)
    return {
        (level, kind): time / HOUR
        for level, spans in levels.items()
        for kind, time in time_by_kind(spans, rule, zone).items()
    }


def _by_kind(values: Mapping[LevelKind, float]) -> Hours:
    return {kind: sum(value for (_, one), value in values.items() if one is kind) for kind in HourKind}


def _expected(planned: Mapping[LevelKind, float], past: Rates) -> Hours | None:
    met = {place: hours for place, hours in planned.items() if hours > 0}
    if not met.keys() <= past.per_hour.keys():
        return None
    return _by_kind({place: hours * past.per_hour[place] for place, hours in met.items()})
