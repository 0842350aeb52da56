"""Invented weeks for the report's tests."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from toban.domain.report.nouns import Freshness, Incident, Report, ServiceWeek, Spread, Week

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 23, 10, tzinfo=TOKYO)
GOAL_S = 300


def spread(median_s, n=20):
    """A spread around a median, or an empty one."""
    if median_s is None:
        return Spread()
    return Spread(n, median_s * 1.4, float(median_s), median_s * 3.0)


def report(median_s=240, usual_s=240, *, incidents=20, acknowledged=None, history=8, **more):
    """A report of a week with that median after ``history`` weeks with the usual one."""
    acknowledged = incidents if acknowledged is None else acknowledged
    weeks = [
        Week(MONDAY - timedelta(weeks=back), 20, spread(usual_s), spread(3600), covered=back <= history)
        for back in range(11, 0, -1)
    ]
    last = Week(MONDAY, incidents, spread(median_s if acknowledged else None, acknowledged), spread(3600))
    fresh = Freshness(synced_until=NOW - timedelta(minutes=10), covered_since=NOW - timedelta(days=100))
    return replace(
        Report(
            team="Payments",
            time_zone="Asia/Tokyo",
            goal_s=GOAL_S,
            trend_weeks=8,
            weeks=(*weeks, last),
            freshness=fresh,
        ),
        **more,
    )


def incident(n=0, title="Queue backlog", service="checkout", acknowledged_s=60, hour=11, **more):
    """The ``n``-th incident of the week, in business hours unless said otherwise."""
    began = datetime.combine(MONDAY, datetime.min.time(), TOKYO) + timedelta(days=n % 7, hours=hour)
    return Incident(
        id=f"P{n}",
        number=100 + n,
        title=title,
        service=service,
        url=f"https://example.pagerduty.com/incidents/P{n}",
        created_at=began,
        seconds_to_acknowledge=acknowledged_s,
        seconds_to_resolve=1800,
        **more,
    )


def services(incidents, usual_slow=None):
    """The service rows that belong to these incidents."""
    names = sorted({each.service for each in incidents})
    return tuple(
        ServiceWeek(
            name,
            sum(each.service == name for each in incidents),
            sum(each.service == name and (each.seconds_to_acknowledge or 0) > GOAL_S for each in incidents),
            usual_slow=(usual_slow or {}).get(name, 0.0),
        )
        for name in names
    )
