"""One rotation layer: whose turn it is, handed over at the same wall-clock time in summer and winter."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from toban.sandbox.pagerduty.schedules.spans import Span, clip
from toban.sandbox.pagerduty.wire import Json, parse

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def layer_spans(layer: Json, zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """The layer's turns between two moments, cut down to its restrictions; sorted, in UTC."""
    opening = max(parse(layer["start"]), since)
    closing = min(parse(layer["end"]), until) if layer.get("end") else until
    turns = clip(_turns(layer, zone, opening, closing), opening, closing)
    if not layer.get("restrictions"):
        return turns
    windows = _windows(layer["restrictions"], zone, opening, closing)
    return [part for turn in turns for part in _within(turn, windows)]


def _turns(layer: Json, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Span]:
    users = [member["user"]["id"] for member in layer["users"]]
    length = timedelta(seconds=layer["rotation_turn_length_seconds"])
    if not users or length <= timedelta():
        return
    first = parse(layer["rotation_virtual_start"]).astimezone(zone).replace(tzinfo=None)
    number = (since.astimezone(zone).replace(tzinfo=None) - first) // length - 1
    end = _moment(first + number * length, zone)
    while end < until:
        start, end = end, max(end, _moment(first + (number + 1) * length, zone))
        yield Span(start, end, users[number % len(users)])
        number += 1


def _windows(restrictions: list[Json], zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """When the layer is in force at all, as spans of nobody; several restrictions add up."""
    windows: list[Span] = []
    day = (since.astimezone(zone) - WEEK).date()
    last = until.astimezone(zone).date()
    while day <= last:
        for restriction in restrictions:
            if (
                restriction["type"] == "daily_restriction"
                or restriction["start_day_of_week"] == day.isoweekday()
            ):
                local = datetime.combine(day, time.fromisoformat(restriction["start_time_of_day"]))
                length = timedelta(seconds=restriction["duration_seconds"])
                windows.append(Span(_moment(local, zone), _moment(local + length, zone), ""))
        day += DAY
    return _flatten(windows)


def _flatten(windows: list[Span]) -> list[Span]:
    flat: list[Span] = []
    for window in sorted(windows):
        if flat and window.start <= flat[-1].end:
            flat[-1] = flat[-1]._replace(end=max(flat[-1].end, window.end))
        else:
            flat.append(window)
    return flat


def _within(turn: Span, windows: list[Span]) -> list[Span]:
    cut = (Span(max(turn.start, w.start), min(turn.end, w.end), turn.user_id) for w in windows)
    return [span for span in cut if span.start < span.end]


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """A wall-clock time in UTC; one that the clock skips in spring is taken an hour later."""
    return local.replace(tzinfo=zone).astimezone(UTC)
