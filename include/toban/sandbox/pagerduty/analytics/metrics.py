"""POST /analytics/metrics/incidents/all: the raw rows, summed up."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from toban.sandbox.pagerduty.wire import Json, parse

MEANS = ("engage", "first_ack", "mobilize", "resolve")
PERCENTILES = (50, 75, 90, 95)
TOTALS = (
    "total_interruptions",
    "total_notifications",
    "business_hour_interruptions",
    "off_hour_interruptions",
    "sleep_hour_interruptions",
    "snoozed_seconds",
    "engaged_seconds",
    "escalation_count",
)
UNITS: dict[str | None, Callable[[date], date | None]] = {
    None: lambda _: None,
    "day": lambda day: day,
    "week": lambda day: (
        day - timedelta(days=day.weekday())
    ),  # PagerDuty does not say on which day a week begins
    "month": lambda day: day.replace(day=1),
}


def metrics(rows: Iterable[Json], unit: str | None, zone: ZoneInfo) -> list[Json]:
    """One row per day, week or month of creation in the zone, oldest first; without a unit, one in all."""
    buckets: dict[date | None, list[Json]] = {}
    for row in rows:
        local = parse(row["created_at"]).astimezone(zone).date()
        buckets.setdefault(UNITS[unit](local), []).append(row)
    ordered = sorted(buckets.items(), key=lambda pair: pair[0] or date.min)
    return [({"range_start": f"{start}T00:00:00"} if start else {}) | summed(part) for start, part in ordered]


def summed(rows: list[Json]) -> Json:
    """Means and percentiles leave out what has no value: the unacknowledged, the unresolved."""
    answer: Json = {"total_incident_count": len(rows)}
    for name in MEANS:
        lengths = [row[f"seconds_to_{name}"] for row in rows]
        answer |= _spread(name, sorted(length for length in lengths if length is not None))
    for name in TOTALS:
        answer[name if name.startswith("total") else f"total_{name}"] = sum(row[name] or 0 for row in rows)
    answer |= {
        "total_incidents_acknowledged": sum(row["acknowledgement_count"] > 0 for row in rows),
        "total_incidents_auto_resolved": sum(row["auto_resolved"] for row in rows),
        "total_incidents_manual_escalated": sum(row["manual_escalation_count"] > 0 for row in rows),
        "total_incidents_timeout_escalated": sum(row["timeout_escalation_count"] > 0 for row in rows),
        "total_incidents_reassigned": sum(row["reassignment_count"] > 0 for row in rows),
        "mean_assignment_count": _mean([row["assignment_count"] for row in rows]),
        "mean_engaged_user_count": _mean([row["engaged_user_count"] for row in rows]),
        "mean_engaged_seconds": _mean(
            [row["engaged_seconds"] for row in rows if row["engaged_seconds"] is not None]
        ),
    }
    return answer


def _spread(name: str, values: list[int]) -> Json:
    shown: Json = {f"mean_seconds_to_{name}": _mean(values)}
    if name in {"first_ack", "resolve"}:
        shown |= {f"p{share}_seconds_to_{name}": _percentile(values, share) for share in PERCENTILES}
    return shown


def _mean(values: list[int]) -> int | None:
    return round(sum(values) / len(values)) if values else None


def _percentile(values: list[int], share: int) -> int | None:
    """Linear between neighbours."""
    if not values:
        return None
    place = (len(values) - 1) * share / 100
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return round(values[low] + (values[high] - values[low]) * (place - low))
