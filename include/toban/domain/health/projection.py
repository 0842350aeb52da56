"""What is to be expected of the coming time on call, if it goes on as before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from toban.domain.health.duty import stretches
from toban.domain.health.hours import Clocks, HourKind, HourRule, time_by_kind
from toban.domain.health.nouns import Finding, Interruption, Topic, measured
from toban.domain.health.thresholds import Thresholds
from toban.domain.labour.standby import standby
from toban.domain.shifts import Shift
from toban.domain.spans import Span

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Hours = Mapping[HourKind, float]


@dataclass(frozen=True)
class Rates:
    """Mean interruptions for an hour on call, by kind; None where nobody was on call in such an hour."""

    per_hour: Mapping[HourKind, float | None]
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
    listed = list(shifts)
    on_call = on_call_hours(listed, history, rule, clocks)
    rung = dict.fromkeys(HourKind, 0)
    for stretch in stretches(listed, interruptions, history):
        for one in stretch.interruptions:
            rung[one.hour_kind] += 1
    hours = {kind: sum(own[kind] for own in on_call.values()) for kind in HourKind}
    per_hour = {kind: rung[kind] / hours[kind] if hours[kind] > 0 else None for kind in HourKind}
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
    planned = on_call_hours(shifts, coming, rule, clocks)
    return [
        Projection(person_id, hours, _expected(hours, past) if known else None, past.weeks)
        for person_id, hours in sorted(planned.items())
    ]


def projection_findings(
    projected: Iterable[Projection], coming: Span, thresholds: Thresholds
) -> Iterator[Finding]:
    """What each person is to expect of the coming span against the limit for the planned hours."""
    for one in projected:
        limit = thresholds.incidents(sum(one.planned.values()) * HOUR)
        yield measured(Topic.PROJECTED_LOAD, one.total, limit, one.weeks, one.person_id, coming)


def on_call_hours(
    shifts: Iterable[Shift], window: Span, rule: HourRule, clocks: Clocks
) -> Mapping[str, Hours]:
    """How long each person is on call in the window, by the kinds of the person's own hours."""
    return {
        person_id: {
            kind: time / HOUR for kind, time in time_by_kind(held, rule, clocks.of(person_id)).items()
        }
        for person_id, held in standby(shifts, window).items()
    }


def _expected(planned: Hours, past: Rates) -> Hours | None:
    expected: dict[HourKind, float] = {}
    for kind, hours in planned.items():
        rate = past.per_hour[kind]
        if rate is None and hours > 0:
            return None
        expected[kind] = hours * (rate or 0.0)
    return expected
