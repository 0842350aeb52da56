"""Who is on call: layers and overrides of a PagerDuty schedule rendered to spans."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo


class Span(NamedTuple):
    start: datetime
    end: datetime
    user_id: str


class Rota:
    """One schedule's spans between two moments; overrides win over layers, later layers over earlier ones."""

    def __init__(self, schedule: dict[str, Any], since: datetime, until: datetime) -> None:
        spans: list[Span] = []
        for layer in schedule["schedule_layers"]:
            for span in turns(layer, ZoneInfo(schedule["time_zone"]), since, until):
                _lay_over(spans, span)
        for override in schedule["overrides"]:
            start, end = max(_moment(override["start"]), since), min(_moment(override["end"]), until)
            if start < end:
                _lay_over(spans, Span(start, end, override["user"]["id"]))
        self.spans = spans
        self._starts = [span.start for span in spans]

    def on_call(self, at: datetime) -> str | None:
        """The id of the user on call, or None in a gap; `at` must lie within the rendered time."""
        place = bisect_right(self._starts, at) - 1
        return self.spans[place].user_id if place >= 0 and at < self.spans[place].end else None


def turns(layer: dict[str, Any], zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Span]:
    """A layer's turns; each is the same stretch of wall clock, so that DST does not move a handover."""
    users = [member["user"]["id"] for member in layer["users"]]
    first = _moment(layer["rotation_virtual_start"]).astimezone(zone)
    opening = max(_moment(layer["start"]), since)
    closing = min(_moment(layer["end"]), until) if layer["end"] else until
    length = timedelta(seconds=layer["rotation_turn_length_seconds"])
    number = max(0, (opening - first) // length - 1)
    while True:
        start, end = first + number * length, first + (number + 1) * length
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if start >= closing:
            return
        if end > opening:
            yield Span(max(start, opening), min(end, closing), users[number % len(users)])
        number += 1


def _lay_over(spans: list[Span], top: Span) -> None:
    kept = []
    for span in spans:
        if span.end <= top.start or span.start >= top.end:
            kept.append(span)
            continue
        if span.start < top.start:
            kept.append(span._replace(end=top.start))
        if span.end > top.end:
            kept.append(span._replace(start=top.end))
    spans[:] = sorted([*kept, top])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
