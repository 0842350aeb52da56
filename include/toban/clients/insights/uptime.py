"""The share of time in which services had no open incident of high urgency."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from toban.clients.warehouse import Choice, Snapshot, rows_of_chosen
from toban.domain.local_time import midnight

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Uptime:
    """``share`` is the mean over ``services``, 0 to 1; ``open_s`` how long each was open on average.

    ``by_service`` holds those that were not up all the time, ``by_day`` the mean from each day asked for on,
    as far as it is known; ``incidents`` is how many made the time that one was open longer.
    """

    share: float
    open_s: float
    services: int
    incidents: int
    by_service: Mapping[str, float]
    by_day: Mapping[date, float]

    def of(self, service_id: str) -> float:
        """The share of one service."""
        return self.by_service.get(service_id, 1.0)


def read_uptime(snapshot: Snapshot, choice: Choice, days: Sequence[date] = ()) -> Uptime | None:
    """Of every service that the chosen incidents were ever of; in all and from each of ``days`` to the next.

    The stretch begins with the day ``since``, or with the coverage, and ends with ``until``, or with the
    data. None where it is empty, no service is chosen, or only incidents of low urgency are.
    """
    edges = _edges(snapshot, choice, days)
    if len(edges) < 2 or "high" not in choice.only.get("urgency", ["high"]):
        return None
    services = rows_of_chosen(snapshot, choice, "insights_uptime_services")[0]["services"]
    if not services:
        return None
    given = {"first_us": _us(edges[0]), "last_us": _us(edges[-1]), "edges_us": [_us(edge) for edge in edges]}
    rows = rows_of_chosen(snapshot, choice, "insights_uptime", given)
    return _uptime(edges, rows, services, lambda moment: _day_of(moment, days, ZoneInfo(choice.time_zone)))


def _uptime(
    edges: Sequence[datetime],
    rows: Sequence[Mapping[str, int]],
    services: int,
    day_of: Callable[[datetime], date | None],
) -> Uptime:
    of_service: dict[str, int] = {}
    of_stretch = dict.fromkeys((_us(edge) for edge in edges[:-1]), 0)
    for row in rows:
        of_service[str(row["service_id"])] = of_service.get(str(row["service_id"]), 0) + row["open_us"]
        of_stretch[row["since_us"]] += row["open_us"]
    length = _us(edges[-1]) - _us(edges[0])
    open_us = sum(of_stretch.values()) / services
    return Uptime(
        share=1 - open_us / length,
        open_s=open_us / 1e6,
        services=services,
        incidents=sum(row["incidents"] for row in rows),
        by_service={id_: 1 - us / length for id_, us in of_service.items()},
        by_day={
            day: 1 - of_stretch[_us(start)] / services / (_us(end) - _us(start))
            for start, end in pairwise(edges)
            if (day := day_of(start))
        },
    )


def _day_of(moment: datetime, days: Sequence[date], zone: ZoneInfo) -> date | None:
    """The last of the days that had begun; None where none had."""
    place = bisect_right(days, moment.astimezone(zone).date())
    return days[place - 1] if place else None


def _edges(snapshot: Snapshot, choice: Choice, days: Sequence[date]) -> list[datetime]:
    """The first moment, those at which the days begin, and the last one; fewer than two for nothing."""
    if choice.since is None or choice.until is None:
        return []
    zone = ZoneInfo(choice.time_zone)
    row = snapshot.rows("select max(value) as since from sync_state where name = 'covered_since'")[0]
    first = midnight(choice.since, zone)
    if row["since"]:
        first = max(first, datetime.fromisoformat(row["since"]).astimezone(UTC))
    last = min(
        midnight(choice.until + timedelta(days=1), zone), snapshot.synced_until or snapshot.published_at
    )
    between = (midnight(day, zone) for day in days)
    return [first, *sorted(edge for edge in between if first < edge < last), last] if first < last else []


def _us(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
