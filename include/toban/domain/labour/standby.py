"""Standing by: shifts really held, in any schedule and on any level, each instant once."""

from collections.abc import Iterable, Mapping

from toban.domain.shifts import Shift
from toban.domain.spans import Span, within


def standby(shifts: Iterable[Shift], window: Span) -> Mapping[str, list[Span]]:
    """When each person (by id) stood by within the window; overrides and swaps are in the shifts already."""
    found = {person_id: within(spans, window) for person_id, spans in held(shifts).items()}
    return {person_id: spans for person_id, spans in found.items() if spans}


def held(shifts: Iterable[Shift]) -> Mapping[str, list[Span]]:
    """Each person's (by id) shifts as they come, overlaps and all."""
    spans: dict[str, list[Span]] = {}
    for shift in shifts:
        spans.setdefault(shift.person.id, []).append(shift.span)
    return spans
