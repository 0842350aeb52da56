"""A schedule as PagerDuty renders it: its layers and overrides put together for a stretch of time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.schedules.rotation import layer_spans
from toban.sandbox.pagerduty.schedules.spans import Span, clip, cover, coverage_percentage, join
from toban.sandbox.pagerduty.wire import Json, parse, reference

HORIZON = timedelta(days=90)  # how far PagerDuty looks ahead; a shift that reaches beyond is one without end


def final_spans(schedule: Json, since: datetime, until: datetime) -> list[Span]:
    """Whole shifts that overlap [since, until): later layers win over earlier ones, overrides over all."""
    low, high = since - HORIZON, until + HORIZON
    zone = ZoneInfo(schedule["time_zone"])
    spans: list[Span] = []
    for layer in schedule["schedule_layers"]:
        spans = cover(spans, layer_spans(layer, zone, low, high))
    spans = join(cover(spans, override_spans(schedule, low, high)))
    at_least = max(until, since + timedelta(microseconds=1))
    return [span for span in spans if span.end > since and span.start < at_least]


def override_spans(schedule: Json, since: datetime, until: datetime) -> list[Span]:
    """Overrides between the moments; one entered later wins over one entered earlier."""
    spans: list[Span] = []
    for override in schedule.get("overrides", ()):
        one = Span(parse(override["start"]), parse(override["end"]), override["user"]["id"])
        spans = cover(spans, clip([one], since, until))
    return spans


def rendered(
    schedule: Json, directory: Directory, since: datetime, until: datetime, *, overflow: bool
) -> Json:
    """The schedule with `final_schedule`, `overrides_subschedule` and layers filled for [since, until).

    Moments carry the offset of the schedule's time zone. `overflow`: entries are not cut at the ends.
    """
    zone = ZoneInfo(schedule["time_zone"])
    final = final_spans(schedule, since, until)
    layers = []
    for layer in schedule["schedule_layers"]:
        spans = layer_spans(layer, zone, since, until)
        layers.append(layer | _filled(spans, directory, zone, since, until))
    overrides = override_spans(schedule, since, until)
    shown = final if overflow else clip(final, since, until)
    return {
        **{key: value for key, value in schedule.items() if key != "overrides"},
        "schedule_layers": layers,
        "overrides_subschedule": {"name": "Overrides"} | _filled(overrides, directory, zone, since, until),
        "final_schedule": {"name": "Final Schedule"} | _filled(shown, directory, zone, since, until),
    }


def _filled(
    spans: list[Span], directory: Directory, zone: ZoneInfo, since: datetime, until: datetime
) -> Json:
    entries = [
        {
            "start": local(span.start, zone),
            "end": local(span.end, zone),
            "user": user_reference(directory, span.user_id),
        }
        for span in spans
    ]
    percentage = coverage_percentage(spans, since, until)
    return {"rendered_schedule_entries": entries, "rendered_coverage_percentage": percentage}


def local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def user_reference(directory: Directory, key: str) -> Json:
    """A reference to the user, also to one who was deleted since."""
    return reference(directory.find("users", key) or {"id": key, "type": "user"})
