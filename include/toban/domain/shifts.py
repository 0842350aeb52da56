"""Who is on duty: shifts as PagerDuty computes them, with overrides already applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from toban.domain.people import Person
from toban.domain.spans import Span, left_out

# Stand-ins for "since ever" and "for good", so that comparisons need no special case.
ALWAYS = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Shift:
    """One person on one level of one escalation policy; level 1 is called first.

    ``start`` and ``end`` are aware; ``None`` means without beginning or end (always on call).
    ``schedule_id`` is ``None`` where the policy names the person itself; ``stands_in_for`` is the name of
    whoever an override replaces, where that is known.
    """

    person: Person
    policy_id: str
    policy_name: str
    level: int
    schedule_id: str | None = None
    schedule_name: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    stands_in_for: str | None = None

    @property
    def span(self) -> Span:
        """From start to end, ``None`` replaced by the ends of the calendar."""
        return Span(self.start or ALWAYS, self.end or NEVER)


def on_level(shifts: Iterable[Shift], policy_id: str, level: int) -> list[Shift]:
    """The shifts of one level of one policy."""
    return [shift for shift in shifts if shift.policy_id == policy_id and shift.level == level]


def merged(shifts: Iterable[Shift]) -> list[Shift]:
    """The same duty in as few shifts as possible, by start, then name.

    Shifts of one person on one level that touch or overlap become one, also across schedules: to the
    person it is one stretch on duty. The earliest one gives the schedule's name; whom they stand in for is
    told where it is so for the whole stretch.
    """
    ordered = sorted(shifts, key=lambda shift: (*_place(shift), shift.span, shift.schedule_id or ""))
    result = [one for _, run in groupby(ordered, key=_place) for one in _joined(list(run))]
    return sorted(result, key=lambda shift: (shift.span.start, shift.person.name, *_place(shift)))


def _place(shift: Shift) -> tuple[str, int, str]:
    return shift.policy_id, shift.level, shift.person.id


def _joined(run: Sequence[Shift]) -> list[Shift]:
    result: list[Shift] = []
    for shift in run:
        if shift.span.start >= shift.span.end:
            continue
        if result and shift.span.start <= result[-1].span.end:
            result[-1] = _as_one(result[-1], shift)
        else:
            result.append(shift)
    return result


def _as_one(earlier: Shift, later: Shift) -> Shift:
    other = earlier.stands_in_for if earlier.stands_in_for == later.stands_in_for else None
    end = earlier.end if later.span.end <= earlier.span.end else later.end
    return replace(earlier, end=end, stands_in_for=other)


def on_duty(shifts: Iterable[Shift], at: datetime) -> list[Shift]:
    """Who is on duty at that moment, each person of a level once, with the whole stretch."""
    return [shift for shift in merged(shifts) if shift.span.holds(at)]


def next_on_duty(shifts: Iterable[Shift], after: datetime) -> list[Shift]:
    """Who begins next after that moment; several if they begin together, empty if nobody is planned."""
    coming = [shift for shift in merged(shifts) if shift.span.start > after]
    return [shift for shift in coming if shift.span.start == coming[0].span.start]


def gaps(shifts: Iterable[Shift], window: Span) -> list[Span]:
    """When, within the window, none of these shifts runs; give the shifts of one level."""
    return left_out((shift.span for shift in shifts), window)
