"""Standing by: shifts really held, in any schedule and on any level, each instant once."""

from collections.abc import Iterable, Mapping

from toban.domain.shifts import Shift
from toban.domain.spans import Span, within


def standby(shifts: Iterable[Shift], window: Span) -> Mapping[str, list[Span]]:
    """When each person (by id) stood by within the window; overrides and swaps are in the shifts already."""
    spans: dict[str, list[Span]] = {}
    for shift in shifts:
        spans.setdefault(shift.person.id, []).append(shift.span)
    found = {person_id: within(held, window) for person_id, held in spans.items()}
    return {person_id: held for person_id, held in found.items() if held}
