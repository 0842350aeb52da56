"""On which level somebody is on call: the lowest counts, for it is rung first."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from toban.domain.labour.standby import standby
from toban.domain.shifts import Shift
from toban.domain.spans import Span, joined, left_out

FIRST = 1
LevelSpans = Mapping[int, list[Span]]


def spans_by_level(shifts: Iterable[Shift], window: Span) -> Mapping[str, LevelSpans]:
    """When each person (by id) is on call within the window, by level; each instant on one of them."""
    by_level: dict[int, list[Shift]] = {}
    for shift in shifts:
        by_level.setdefault(shift.level, []).append(shift)
    found: dict[str, dict[int, list[Span]]] = {}
    for level, listed in sorted(by_level.items()):
        for person_id, spans in standby(listed, window).items():
            own = found.setdefault(person_id, {})
            lower = joined(span for others in own.values() for span in others)
            own[level] = [part for span in spans for part in left_out(lower, span)]
    return found


def first_level(shifts: Iterable[Shift]) -> list[Shift]:
    """The shifts in which somebody is rung first; those behind them wait, and are no measure of the load."""
    return [shift for shift in shifts if shift.level == FIRST]


def level_at(levels: LevelSpans, moment: datetime) -> int | None:
    """The level at that moment; None off duty."""
    return next((level for level, spans in levels.items() if any(s.holds(moment) for s in spans)), None)
